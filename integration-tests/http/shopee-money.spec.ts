import { shopSuites } from "../support/shop-suite"
import { escrow } from "./shopee-money/escrow"
import { payments } from "./shopee-money/payments"
import { totals } from "./shopee-money/totals"

shopSuites({ "what buyers pay": totals, "Medusa's payments": payments, "what Shopee pays out": escrow })
