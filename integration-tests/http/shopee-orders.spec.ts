import { shopSuites } from "../support/shop-suite"
import { copies } from "./shopee-orders/copies"
import { life } from "./shopee-orders/life"
import { takingIn } from "./shopee-orders/taking-in"

shopSuites({ "taking an order in": takingIn, "an order's life": life, "copies that exist once": copies })
