import { authenticate, defineMiddlewares } from "@medusajs/framework/http"
import { connectorMiddlewares } from "./admin/connectors/middlewares"
import { hideQuery } from "./hide-query"
import { logRequestId } from "./log-request-id"
import { offerPushShortcut } from "./push-shortcut"
import { readRawBody } from "./read-raw-body"

/** Shopee's pushes have a few hundred bytes; the limit only keeps somebody from filling the memory (product paper §6.4). */
const LARGEST_PUSH_BYTES = 1024 * 1024

export default defineMiddlewares({
  routes: [
    { matcher: "/connectors/*", middlewares: [logRequestId] },
    { matcher: "/admin/connectors/*", middlewares: [logRequestId] },
    {
      matcher: "/connectors/shopee/webhook",
      methods: ["POST"],
      bodyParser: false,
      middlewares: [offerPushShortcut(LARGEST_PUSH_BYTES), readRawBody(LARGEST_PUSH_BYTES)],
    },
    {
      // A browser that Shopee sent here: whoever isn't logged in gets a page that says so.
      matcher: "/connectors/shopee/oauth/callback",
      methods: ["GET"],
      middlewares: [hideQuery, authenticate("user", ["session"], { allowUnauthenticated: true })],
    },
    ...connectorMiddlewares,
  ],
})
