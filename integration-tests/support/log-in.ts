import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** A user of the Admin who has logged in, by token and, as a browser does, by session. */
export interface LoggedInUser {
  id: string
  email: string
  /** Value of an `Authorization` header. */
  authorization: string
  /** Value of a `Cookie` header. */
  cookie: string
}

const PASSWORD = "a-password-of-the-suites"

/** Creates a user of the Admin and logs in. */
export async function logIn(container: MedusaContainer, url: string, email: string): Promise<LoggedInUser> {
  const [user, registration] = await Promise.all([
    container.resolve(Modules.USER).createUsers({ email }),
    container
      .resolve(Modules.AUTH)
      .register("emailpass", { url, headers: {}, query: {}, protocol: "http", body: { email, password: PASSWORD } }),
  ])
  if (!registration.authIdentity) {
    throw new Error(`The user could not be registered: ${registration.error}`)
  }
  await container
    .resolve(Modules.AUTH)
    .updateAuthIdentities({ id: registration.authIdentity.id, app_metadata: { user_id: user.id } })
  const headers = { "content-type": "application/json" }
  const login = await fetch(`${url}/auth/user/emailpass`, {
    method: "POST",
    headers,
    body: JSON.stringify({ email, password: PASSWORD }),
  })
  const { token } = (await login.json()) as { token: string }
  const authorization = `Bearer ${token}`
  const session = await fetch(`${url}/auth/session`, { method: "POST", headers: { ...headers, authorization } })
  const cookie = session.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ")
  return { id: user.id, email, authorization, cookie }
}
