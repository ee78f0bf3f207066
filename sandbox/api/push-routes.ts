import { CONFIGURABLE_CODES, PushSettingError } from "../push/subscription"
import type { Sandbox } from "../sandbox"
import { ShopeeError, wrongParameter } from "../shopee-error"
import type { ApiRoute } from "./api-route"

const MAX_BLOCKED_SHOPS = 500

/** The push APIs. All are public: signed without token and shop. */
export function pushRoutes(sandbox: Sandbox): ApiRoute[] {
  return [
    {
      method: "GET",
      path: "/push/get_lost_push_message",
      access: "public",
      handle: () => {
        const { messages, hasNextPage, lastMessageId } = sandbox.lostPushes.page(sandbox.clock.nowSeconds())
        return {
          kind: "response",
          response: {
            push_message_list: messages.map(({ shop_id, code, timestamp, data }) => ({
              ...(shop_id === undefined ? {} : { shop_id }),
              code,
              timestamp,
              // The whole push as text, so that its own `data` is nested twice.
              data,
            })),
            has_next_page: hasNextPage,
            last_message_id: lastMessageId,
          },
        }
      },
    },
    {
      method: "POST",
      path: "/push/confirm_consumed_lost_push_message",
      access: "public",
      handle: ({ body }) => {
        const id = body.number("last_message_id")
        if (id === undefined) throw wrongParameter("last_message_id is required")
        if (!sandbox.lostPushes.confirmUpTo(id)) throw wrongParameter("last_message_id was never given out")
        return { kind: "top-level", fields: {} }
      },
    },
    {
      method: "GET",
      path: "/push/get_app_push_config",
      access: "public",
      handle: () => {
        const { subscription, pushHealth, clock } = sandbox
        const suspendedTime = pushHealth.suspendedTime()
        return {
          kind: "response",
          response: {
            callback_url: subscription.callbackUrl ?? "",
            live_push_status: pushHealth.status(clock.now()),
            ...(suspendedTime === null ? {} : { suspended_time: suspendedTime }),
            blocked_shop_id: [...subscription.blockedShops],
            push_config_on_list: CONFIGURABLE_CODES.filter((code) => !subscription.codesOff.has(code)),
            push_config_off_list: CONFIGURABLE_CODES.filter((code) => subscription.codesOff.has(code)),
          },
        }
      },
    },
    {
      method: "POST",
      path: "/push/set_app_push_config",
      access: "public",
      handle: async ({ body }) => {
        const { subscription, pushHealth } = sandbox
        const blocked = body.numbers("blocked_shop_id_list")
        const on = configurable(body.numbers("set_push_config_on"))
        const off = configurable(body.numbers("set_push_config_off"))
        if (blocked && blocked.length > MAX_BLOCKED_SHOPS) throw wrongParameter("at most 500 shops can be blocked")
        const callbackUrl = body.string("callback_url")
        if (callbackUrl !== undefined) {
          await saveCallbackUrl(sandbox, callbackUrl)
          pushHealth.reset()
        }
        if (blocked) subscription.blockedShops = new Set(blocked)
        for (const code of on) subscription.codesOff.delete(code)
        for (const code of off) subscription.codesOff.add(code)
        return { kind: "response", response: { result: "success" } }
      },
    },
  ]
}

/** A URL is saved only once it has answered a verification push (code 0) with 2xx. */
async function saveCallbackUrl(sandbox: Sandbox, callbackUrl: string): Promise<void> {
  const before = sandbox.subscription.callbackUrl
  try {
    sandbox.subscription.apply({ callbackUrl })
  } catch (error) {
    if (error instanceof PushSettingError) throw wrongParameter(error.message)
    throw error
  }
  const [answer] = await sandbox.sendPush({ code: 0, data: { verify_info: "Verification of the callback URL." } })
  if (answer?.status != null && answer.status >= 200 && answer.status < 300) return
  sandbox.subscription.apply({ callbackUrl: before })
  throw new ShopeeError("error_param", "The callback URL did not answer the verification push.")
}

function configurable(codes: number[] | undefined): number[] {
  const unknown = codes?.find((code) => !CONFIGURABLE_CODES.includes(code))
  if (unknown !== undefined) throw wrongParameter(`push code ${unknown} can't be configured`)
  return codes ?? []
}
