/** Key of Shopee's return number in what Medusa keeps of a return: its own metadata, its items', and a refund's. */
export const RETURN_SN_KEY = "shopee_return_sn"

/** Key in the metadata of Medusa's return: the stock has what was received. */
export const RESTOCKED_KEY = "shopee_restocked"
