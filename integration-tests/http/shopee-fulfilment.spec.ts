import { shopSuites } from "../support/shop-suite"
import { moves } from "./shopee-fulfilment/moves"
import { steps } from "./shopee-fulfilment/steps"

shopSuites({ "one order, step by step": steps, "many orders together": moves })
