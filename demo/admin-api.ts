/** Medusa refused or failed a call of its Admin API. */
export class AdminApiError extends Error {
  override readonly name = "AdminApiError"

  constructor(
    readonly path: string,
    readonly status: number,
    reason: string
  ) {
    super(`Medusa answered HTTP ${status} to ${path}: ${reason}`)
  }
}

/** A busy machine answers late, but it does answer. */
const CALL_DEADLINE_MS = 30_000

type Query = Record<string, string | number>

/** Medusa's Admin API, as an operator who logged in. */
export class AdminApi {
  private token: string | null = null

  /** @param url address of the platform without a slash at its end */
  constructor(private readonly url: string) {}

  /** Whether the platform answers at all. */
  async isUp(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/health`, { signal: AbortSignal.timeout(2_000) })).ok
    } catch {
      return false // Not listening yet.
    }
  }

  /** @throws AdminApiError for a wrong login */
  async login(email: string, password: string): Promise<void> {
    const { token } = await this.post<{ token: string }>("/auth/user/emailpass", { email, password })
    this.token = token
  }

  /** @throws AdminApiError */
  get<Answer>(path: string, query: Query = {}): Promise<Answer> {
    const text = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])
    )
    return this.call<Answer>("GET", text.size > 0 ? `${path}?${text}` : path)
  }

  /** @throws AdminApiError */
  post<Answer>(path: string, body: object): Promise<Answer> {
    return this.call<Answer>("POST", path, JSON.stringify(body))
  }

  /** Every row of a list, page after page. `key` is the list's name in the answer. @throws AdminApiError */
  async list<Row>(path: string, key: string, query: Query = {}): Promise<Row[]> {
    const limit = 100
    const rows: Row[] = []
    for (;;) {
      const page = await this.get<Record<string, Row[]>>(path, { ...query, limit, offset: rows.length })
      const found = page[key] ?? []
      rows.push(...found)
      if (found.length < limit) {
        return rows
      }
    }
  }

  private async call<Answer>(method: string, path: string, body?: string): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(CALL_DEADLINE_MS),
    })
    const text = await response.text()
    if (!response.ok) {
      throw new AdminApiError(path.split("?")[0] ?? path, response.status, text.slice(0, 300))
    }
    return JSON.parse(text) as Answer
  }
}
