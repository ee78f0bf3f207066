import { Alert } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { NAMESPACE } from "../../lib/namespace"
import { readAuthorizationResult } from "../../lib/authorization-result"

/** How the authorisation ended that Shopee's page came back from. Shows nothing when it came from nowhere. */
export const AuthorizationResult = ({ address }: { address: URLSearchParams }) => {
  const { t } = useTranslation(NAMESPACE)
  const result = readAuthorizationResult(address)
  if (result === null) {
    return null
  }
  return (
    <Alert variant={result.connected ? "success" : "error"} dismissible role="status" className="text-balance">
      {result.connected
        ? t("settings.connected", { shop: result.shop })
        : t(`settings.refused_${result.reason}`, { code: result.code })}
    </Alert>
  )
}
