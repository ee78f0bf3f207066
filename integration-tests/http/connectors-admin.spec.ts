import { shopSuites } from "../support/shop-suite"
import { desk } from "./connectors-admin/desk"
import { figures } from "./connectors-admin/figures"
import { settings } from "./connectors-admin/settings"

shopSuites({ "the operator's screens": desk, "their figures": figures, "their settings": settings })
