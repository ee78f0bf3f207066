import type { ApiFault } from "../control/fault"
import { invalidAccessToken, rateLimited, ShopeeError, timestampExpired } from "../shopee-error"

/** The envelope a fault answers with, or undefined when it spoils the answer in another way. */
export function refusalOf(fault: ApiFault): ShopeeError | undefined {
  switch (fault.kind) {
    case "rate-limited":
      return rateLimited()
    case "server-error":
      return new ShopeeError("error_server", "System error, please try again later.", fault.status ?? 500)
    case "error":
      return new ShopeeError(fault.code, fault.message ?? "The sandbox was told to fail here.", fault.status ?? 200)
    case "clock-skew":
      return timestampExpired()
    case "auth-error":
      return authRefusal(fault.form ?? "invalid_acceess_token")
    default:
      return undefined
  }
}

function authRefusal(form: string): ShopeeError {
  return form === "invalid_acceess_token" ? invalidAccessToken() : new ShopeeError(form, "Invalid access_token.", 403)
}
