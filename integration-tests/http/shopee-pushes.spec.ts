import { shopSuites } from "../support/shop-suite"
import { watch } from "./shopee-pushes/watch"
import { webhook } from "./shopee-pushes/webhook"

shopSuites({ "the webhook": webhook, "watching that pushes and tokens keep coming": watch })
