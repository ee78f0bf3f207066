import { shopSuites } from "../support/shop-suite"
import { backfill } from "./shopee-catching-up/backfill"
import { recovery } from "./shopee-catching-up/recovery"

shopSuites({ "what pushes did not tell": recovery, "a past that was never heard of": backfill })
