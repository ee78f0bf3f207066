import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { readEnvironment } from "../../../../../config/environment"
import { ShopeeCallError } from "../../../../../modules/connectors/shopee/client/shopee-errors"
import { finishAuthorization } from "../../../../../modules/connectors/shopee/desk/authorize-shop"
import { resultPage } from "./result-page"
import { type AuthorizationOutcome, settingsAddress } from "./settings-address"

/** Where this host serves its Admin. */
const ADMIN_PATH = "/app"

const callbackQuery = z.object({
  state: z.string().min(1).max(200),
  code: z.string().min(1).max(500),
  shop_id: z.string().regex(/^[1-9]\d{0,14}$/),
})

async function finish(req: AuthenticatedMedusaRequest, userId: string): Promise<AuthorizationOutcome> {
  const query = callbackQuery.safeParse(req.query)
  if (!query.success) {
    return { outcome: "refused", reason: "answer" }
  }
  const { state, code, shop_id: shopId } = query.data
  try {
    return (await finishAuthorization(req.scope, { userId, state, code, shopId }))
      ? { outcome: "connected", shop: shopId }
      : { outcome: "refused", reason: "request" }
  } catch (error) {
    if (error instanceof ShopeeCallError) {
      return { outcome: "refused", reason: "shopee", code: error.code }
    }
    if (error instanceof MedusaError) {
      return { outcome: "refused", reason: "configuration" }
    }
    throw error
  }
}

/** Where Shopee sends the seller's browser after the authorisation: on to the Admin's settings, which say how it ended. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  // The address holds the state and the code: it must not stay in a cache or travel on in a Referer.
  res.set({
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
  })
  const userId: string | undefined = req.auth_context?.actor_id
  if (!userId) {
    const text = "Log in to the Admin in this browser, and begin the authorisation there."
    res.status(401).type("html").send(resultPage("Not logged in", text))
    return
  }
  res.redirect(303, settingsAddress(readEnvironment().adminUrl ?? ADMIN_PATH, await finish(req, userId)))
}
