import { PUSH_SUBSCRIPTION_SUBJECTS } from "../../../shared/exception-subject"
import type { AppPushConfig } from "../../client/shopee-client"
import { judgeSubscription } from "../push-subscription"

const URL = "https://shop.example/connectors/shopee/webhook"

const config = (changes: Partial<AppPushConfig> = {}): AppPushConfig => ({
  callbackUrl: URL,
  livePushStatus: "Normal",
  suspendedAt: null,
  codesOn: [1, 2, 3, 4, 12],
  codesOff: [5, 6, 7, 8, 9, 10, 11, 13],
  blockedShopIds: [],
  raw: {},
  ...changes,
})
const judge = (changes: Partial<AppPushConfig> = {}, webhookUrl: string | null = URL) =>
  judgeSubscription(config(changes), { webhookUrl, shopId: "700321" })

describe("Shopee's push subscription", () => {
  it("is healthy when pushes are sent to us and what orders need is subscribed", () => {
    expect(judge()).toEqual({ problems: [], healthy: Object.values(PUSH_SUBSCRIPTION_SUBJECTS) })
  })

  it("is healthy when Shopee doesn't say which pushes it sends", () => {
    expect(judge({ codesOn: null, codesOff: null, blockedShopIds: null, livePushStatus: null }).problems).toEqual([])
  })

  it("that is suspended is an error that says since when, and that nothing is sent again", () => {
    const { problems, healthy } = judge({ livePushStatus: "Suspended", suspendedAt: new Date("2026-03-01T02:00:00Z") })
    expect(problems).toMatchObject([
      { error_class: "push_unhealthy", error_message: expect.stringMatching(/suspended .* at 2026-03-01T02:00:00/) },
    ])
    expect(problems[0]?.level).toBeUndefined()
    expect(healthy).not.toContain(problems[0]?.subject)
  })

  it("that is suspended after a warning is one more alert, and no all-clear for the warning", () => {
    const warned = judge({ livePushStatus: "warning" })
    expect(warned.problems).toMatchObject([{ level: "warning", subject: PUSH_SUBSCRIPTION_SUBJECTS.warning }])
    expect(warned.healthy).toContain(PUSH_SUBSCRIPTION_SUBJECTS.status)

    const suspended = judge({ livePushStatus: "suspended" })
    expect(suspended.problems).toMatchObject([{ subject: PUSH_SUBSCRIPTION_SUBJECTS.status }])
    expect(suspended.healthy).toEqual([PUSH_SUBSCRIPTION_SUBJECTS.address, PUSH_SUBSCRIPTION_SUBJECTS.codes])
  })

  it.each([
    ["a slash at its end", `${URL}/`],
    ["http", URL.replace("https", "http")],
    ["another host", "https://staging.example/connectors/shopee/webhook"],
  ])("whose callback URL differs by %s is wrong, and both are named", (_, callbackUrl) => {
    expect(judge({ callbackUrl }).problems).toMatchObject([
      { subject: PUSH_SUBSCRIPTION_SUBJECTS.address, details: { found: callbackUrl, expected: URL } },
    ])
  })

  it("without a callback URL is wrong, also when none is configured here", () => {
    expect(judge({ callbackUrl: "" }, null).problems).toMatchObject([{ subject: PUSH_SUBSCRIPTION_SUBJECTS.address }])
    expect(judge({ callbackUrl: "https://elsewhere.example/" }, null).problems).toEqual([])
  })

  it.each([
    ["a push that is off", { codesOn: [1, 2, 4, 12], codesOff: [3] }, ["3"]],
    ["pushes that are on no list", { codesOn: [1, 2, 3], codesOff: [] }, ["4", "12"]],
    ["a newer push that is said to be off", { codesOff: [29] }, ["29"]],
  ])("that lacks %s is wrong and names it", (_, changes, missing) => {
    expect(judge(changes).problems).toMatchObject([{ subject: PUSH_SUBSCRIPTION_SUBJECTS.codes, details: { missing } }])
  })

  it("that leaves our shop out is wrong", () => {
    expect(judge({ blockedShopIds: ["1", "700321"] }).problems).toMatchObject([
      { error_message: expect.stringContaining("shop 700321") },
    ])
  })
})
