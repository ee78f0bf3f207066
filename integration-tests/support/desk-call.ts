import type { LoggedInUser } from "./log-in"

/** Where the operator's API begins. */
export const DESK = "/admin/connectors"

/** Calls the operator's API. Whatever isn't a JSON object is in `text` alone. */
export type DeskCall = <Answer>(
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: object
) => Promise<{ status: number; text: string; answer: Answer }>

/** The operator's API as a logged-in user calls it. */
export function deskCall(url: string, { authorization }: Pick<LoggedInUser, "authorization">): DeskCall {
  return async <Answer>(method: "GET" | "POST" | "DELETE", path: string, body?: object) => {
    const response = await fetch(`${url}${DESK}${path}`, {
      method,
      headers: { authorization, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, text, answer: (text.startsWith("{") ? JSON.parse(text) : {}) as Answer }
  }
}
