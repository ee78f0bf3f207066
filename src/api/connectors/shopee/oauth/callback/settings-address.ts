/** How an authorisation ended. `code` is Shopee's error code. */
export type AuthorizationOutcome =
  | { outcome: "connected"; shop: string }
  | { outcome: "refused"; reason: "answer" | "request" | "configuration" }
  | { outcome: "refused"; reason: "shopee"; code: string }

/**
 * The Admin's settings of the connector, with how the authorisation ended. It is said in words that the screen knows: whoever makes up
 * such an address can't put a text of their own there. Pure.
 *
 * @param adminUrl the Admin without a slash at its end; a path alone means this host
 */
export function settingsAddress(adminUrl: string, outcome: AuthorizationOutcome): string {
  const { outcome: authorization, ...facts } = outcome
  return `${adminUrl}/connectors/settings?${new URLSearchParams({ authorization, ...facts })}`
}
