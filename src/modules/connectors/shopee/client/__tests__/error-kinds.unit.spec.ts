import {
  isAuthorizationGone,
  isNoError,
  isPermissionDenied,
  isRefreshTokenRefused,
  isTokenRejected,
  kindOf,
  lastSegment,
} from "../error-kinds"

const refusal = (code: string, message = "", httpStatus = 200) => ({ code, message, httpStatus })

describe("kindOf", () => {
  it.each([
    ["error_rate_limit", "Too many requests", "throttled"],
    ["error_limit", "the daily API call limit is reached, please try again after 00: 00", "throttled"],
    ["error_auth", "Invalid access_token.", "auth"],
    ["error_auth", "System error, please try again later.", "transient"],
    ["common.error_auth", "No permission to current api", "auth"],
    ["invalid_acceess_token", "Invalid access_token, please have a check.", "auth"],
    ["source_ip_undeclared", "Request Source IP is undeclared", "auth"],
    ["error_partner_key_expired", "", "auth"],
    ["shop_banned", "", "auth"],
    ["error_server", "Something wrong", "transient"],
    ["income_error_server", "", "transient"],
    ["get_item_error_server", "", "transient"],
    ["error_network", "", "transient"],
    ["error_data", "", "transient"],
    ["error_param", "Timestamp is expired.", "transient"],
    ["error_not_found", "Wrong parameters, detail: the order is not found.", "not_found"],
    ["order_not_found", "", "not_found"],
    ["income_not_found", "", "not_found"],
    ["error_param", "The information you queried is not found.", "not_found"],
    ["error_param", "Wrong parameters, detail: the page size is too large.", "permanent"],
    ["order.order_list_invalid_time", "", "permanent"],
    ["exceed_max_limit", "", "permanent"],
    ["never_heard_of", "", "permanent"],
  ])("counts %s (%s) as %s", (code, message, kind) => {
    expect(kindOf(refusal(code, message))).toBe(kind)
  })

  it("lets the HTTP status decide only where the code doesn't", () => {
    expect(kindOf(refusal("never_heard_of", "", 503))).toBe("transient")
    expect(kindOf(refusal("never_heard_of", "", 429))).toBe("throttled")
    expect(kindOf(refusal("error_sign", "Wrong sign.", 503))).toBe("auth")
    expect(kindOf(refusal("never_heard_of", "", 403))).toBe("permanent")
  })
})

describe("isPermissionDenied", () => {
  it.each([
    ["error_auth", "No permission to current api.", true],
    ["common.error_api_permission", "", true],
    ["error_auth", "Invalid access_token.", false],
    ["shop_access_expired", "", false],
    ["error_server", "permission service is down", false],
  ])("for %s (%s) is %s", (code, message, denied) => {
    expect(isPermissionDenied(refusal(code, message))).toBe(denied)
  })
})

describe("isRefreshTokenRefused", () => {
  it.each([
    ["refresh_token_expired", ""],
    ["error_shop_refresh_token", "Invalid refresh_token"],
    ["shop_access_expired", ""],
    ["error_param", "Wrong parameters, detail: refresh_token is invalid."],
    ["error_auth", "Invalid refresh token."],
    ["error_auth", "The shop is gone."],
    ["shop_no_linked", ""],
  ])("is true for %s (%s)", (code, message) => {
    expect(isRefreshTokenRefused(refusal(code, message, 403))).toBe(true)
  })

  it.each([
    ["error_server", "Something wrong with the refresh_token service"],
    ["error_auth", "System error, please try again later."],
    ["error_rate_limit", "Too many requests"],
    ["error_sign", "Wrong sign."],
    ["source_ip_undeclared", "Request Source IP is undeclared"],
    ["error_partner_key_expired", "The partner key has expired"],
    ["error_auth", "partner_id is invalid"],
    ["error_param", "Timestamp is expired."],
  ])("is false for %s (%s), which doesn't concern this token", (code, message) => {
    expect(isRefreshTokenRefused(refusal(code, message))).toBe(false)
  })
})

it("a rejected access token is told from a withdrawn permission", () => {
  expect(isTokenRejected(refusal("invalid_acceess_token"))).toBe(true)
  expect(isTokenRejected(refusal("common.error_auth", "Invalid access_token."))).toBe(true)
  expect(isTokenRejected(refusal("error_auth", "No permission to current api"))).toBe(false)
  expect(isTokenRejected(refusal("error_auth", "access_token: System error, please try again later."))).toBe(false)
  expect(isAuthorizationGone("partner_shop_no_link")).toBe(true)
  expect(isAuthorizationGone("invalid_acceess_token")).toBe(false)
})

it("the dashes and blanks of the official samples are no error", () => {
  expect(["", " ", "-", undefined, null].map(isNoError)).toEqual([true, true, true, true, true])
  expect(["error_auth", "0"].map(isNoError)).toEqual([false, false])
})

it("a code with a module's name is its last segment", () => {
  expect(lastSegment(" order.common.error_auth ")).toBe("error_auth")
})
