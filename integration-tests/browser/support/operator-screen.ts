import { resolve } from "node:path"
import type { Browser, Locator, Page, Response } from "playwright-core"
import { OPERATOR } from "../../support/platform-database"

/** A busy machine shows things late, but it does show them. */
const PATIENCE_MS = 60_000
const CONNECTORS_API = "/admin/connectors"

/** Runs in the browser; as text, since the compiler of the suites knows no browser. */
const SCROLLING_SIDEWAYS = `[...document.querySelectorAll("*")]
  .filter((element) => {
    const { overflowX } = getComputedStyle(element)
    const scrolls = overflowX === "auto" || overflowX === "scroll" || element === document.documentElement
    return scrolls && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1
  })
  .map((element) => element.tagName.toLowerCase() + "." + element.className + ": " + element.scrollWidth + " px")`

/** An answer of the connectors' API as the browser got it. */
export interface SeenAnswer {
  /** Method and path with its query. */
  call: string
  body: string
}

/** What a browser window shows an operator who has logged in to the Admin, and everything that went wrong while it did. */
export class OperatorScreen {
  private readonly problems: string[] = []
  private readonly pending: Promise<SeenAnswer | null>[] = []
  private allowed: RegExp[] = []

  private constructor(
    /** Playwright's page: for whatever a suite clicks and reads. */
    readonly page: Page,
    private readonly platformUrl: string,
    private readonly shotFolder: string
  ) {
    page.on("console", (message) => message.type() === "error" && this.note(`console: ${message.text()}`))
    page.on("pageerror", (error) => this.note(`exception: ${error.message}`))
    page.on("requestfailed", (request) => {
      // A page that is left takes back what it still waited for.
      if (request.failure()?.errorText !== "net::ERR_ABORTED") {
        this.note(`request: ${request.method()} ${request.url()}: ${request.failure()?.errorText}`)
      }
    })
    page.on("response", (response) => this.look(response))
  }

  /**
   * Opens a window of 1280 × 800 and logs in by the Admin's own form.
   *
   * @param shotFolder absolute; where {@link shot} puts its images
   */
  static async open(browser: Browser, platformUrl: string, shotFolder: string): Promise<OperatorScreen> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: "en-SG",
      timezoneId: "Asia/Singapore",
      // In production Medusa's session is for https only; so a proxy with a certificate speaks to it.
      extraHTTPHeaders: { "x-forwarded-proto": "https" },
    })
    context.setDefaultTimeout(PATIENCE_MS)
    const screen = new OperatorScreen(await context.newPage(), platformUrl, shotFolder)
    await screen.logIn()
    return screen
  }

  /** Opens a screen of the Admin by its path (`/connectors/exceptions?id=…`) and waits for its first heading. */
  async open(path: string): Promise<void> {
    await this.page.goto(`${this.platformUrl}/app${path}`)
    await this.main.locator("h1, h2").first().waitFor()
  }

  /** What is beside the menu. */
  get main(): Locator {
    return this.page.locator("main")
  }

  /** Waits until a text is to be seen, in the screen or in what lies over it. */
  async reads(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor()
  }

  /** Changes between light and dark as the Admin's own switch does, and shows the screen anew. */
  async wear(theme: "light" | "dark"): Promise<void> {
    await this.page.evaluate(`localStorage.setItem("medusa_admin_theme", "${theme}")`)
    await this.page.reload()
    await this.page.locator(`html.${theme}`).waitFor()
    await this.main.locator("h1, h2").first().waitFor()
  }

  /** Waits until nothing is being asked any more, nor shown as being loaded. */
  async settles(): Promise<void> {
    await this.page.waitForLoadState("networkidle")
    await this.page.waitForFunction(`document.querySelector("[aria-busy=true], .animate-pulse") === null`)
  }

  /**
   * Takes a picture of the window.
   *
   * @param options.whole with what lies below its lower edge
   * @returns its file
   */
  async shot(name: string, options: { whole?: boolean } = {}): Promise<string> {
    const path = resolve(this.shotFolder, `${name}.png`)
    const { width, height } = this.page.viewportSize() ?? { width: 1280, height: 800 }
    if (options.whole) {
      // The Admin scrolls a part of its page, which a picture of the whole page does not see.
      const beyond = await this.page.evaluate<number>(
        `(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector("main"))`
      )
      await this.page.setViewportSize({ width, height: height + beyond })
    }
    await this.page.screenshot({ path, animations: "disabled" })
    await this.page.setViewportSize({ width, height })
    return path
  }

  /** Elements that can be scrolled sideways at this width, by their tag and classes; none is what a screen should have. */
  async scrollingSideways(): Promise<string[]> {
    return await this.page.evaluate<string[]>(SCROLLING_SIDEWAYS)
  }

  /** What the connectors' API has answered to this window so far. */
  async answers(): Promise<SeenAnswer[]> {
    return (await Promise.all(this.pending)).filter((answer) => answer !== null)
  }

  /** Lets problems that match pass from now on: for suites that make something fail. */
  expectProblem(pattern: RegExp): void {
    this.allowed.push(pattern)
  }

  /** Console errors, exceptions, failed requests and refusals since the last time this was asked; what was expected is left out. */
  takeProblems(): string[] {
    this.allowed = []
    return this.problems.splice(0)
  }

  async close(): Promise<void> {
    await this.page.context().close()
  }

  private async logIn(): Promise<void> {
    const { page } = this
    await page.goto(`${this.platformUrl}/app/login`)
    // The form asks who is logged in; nobody is.
    this.expectProblem(/401/)
    await page.locator("input[name=email]").fill(OPERATOR.email)
    await page.locator("input[name=password]").fill(OPERATOR.password)
    await page.locator("button[type=submit]").click()
    await page.waitForURL((url) => !url.pathname.endsWith("/login"))
    await this.main.waitFor()
    this.takeProblems()
  }

  private note(problem: string): void {
    if (!this.allowed.some((pattern) => pattern.test(problem))) {
      this.problems.push(problem)
    }
  }

  private look(response: Response): void {
    const { pathname, search } = new URL(response.url())
    const call = `${response.request().method()} ${pathname}${search}`
    if (response.status() >= 400) {
      this.note(`answer: ${call}: ${response.status()}`)
    }
    if (pathname.startsWith(CONNECTORS_API)) {
      // The body is gone once its page is left.
      this.pending.push(
        response.text().then(
          (body) => ({ call, body }),
          () => null
        )
      )
    }
  }
}
