import { shopSuites } from "../support/shop-suite"
import { contact } from "./shopee-buyers/contact"
import { privacy } from "./shopee-buyers/privacy"

shopSuites({ "names and addresses": contact, "what is kept of buyers": privacy })
