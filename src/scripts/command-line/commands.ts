import { ErrorClass } from "../../modules/connectors/shared/types/enums"

/**
 * What can be said to `npm run shopee`, and to each script by itself. Loads nothing of Medusa, so that a wrong call is answered before
 * anything is started.
 */

const DAY = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 24 * 60 * 60_000
const SHOP_ID = /^[1-9]\d{0,14}$/
const EXCEPTION_ID = /^cex_\w{1,64}$/
/** Shopee's order numbers are letters and digits; so are those of its older orders. */
const ORDERSN = /^[A-Za-z0-9]{6,64}$/

const RUN = "npm run shopee --"

/** Called wrongly; the message is one line and says how it is meant. */
export class UsageError extends Error {
  override readonly name = "UsageError"
}

/** With the code of Shopee's authorisation page, or without one to be told where that page is. */
export interface AuthorizeCall {
  code: string | null
  shopId: string | null
}

/** What is retried: one exception, one order, a class, or all that is open. */
export type RetryCall =
  | { kind: "exception"; id: string }
  | { kind: "order"; ordersn: string }
  | { kind: "class"; errorClass: ErrorClass }
  | { kind: "all" }

/** Whole days in Singapore, both included. */
export interface BackfillCall {
  firstDay: string
  lastDay: string
  from: Date
  to: Date
  shopId: string | null
}

/** @throws UsageError */
export function readAuthorizeCall(args: readonly string[]): AuthorizeCall {
  const [given, shopId = null, ...rest] = args
  if (given === undefined) {
    return { code: null, shopId: null }
  }
  const address = readRedirect(given.trim())
  const code = address ? address.code : given.trim()
  if (!code || rest.length > 0) {
    throw new UsageError(
      `Give the code of Shopee's authorisation page, or the whole address it sent you to, for example: ${RUN} authorize 4c6f78706e7a6b7a`
    )
  }
  checkShopId(shopId, `${RUN} authorize 4c6f78706e7a6b7a 700001`)
  return { code, shopId: shopId ?? address?.shopId ?? null }
}

/** The address that Shopee's page sent the browser to; null for anything else. */
function readRedirect(text: string): AuthorizeCall | null {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    return null
  }
  const { searchParams } = new URL(text)
  const shopId = searchParams.get("shop_id")
  return { code: searchParams.get("code"), shopId: shopId !== null && SHOP_ID.test(shopId) ? shopId : null }
}

/** @throws UsageError */
export function readStatusCall(args: readonly string[]): void {
  refuseArguments(args, "status")
}

/** @throws UsageError */
export function readReconcileCall(args: readonly string[]): void {
  refuseArguments(args, "reconcile")
}

/** The shop, when one is given. @throws UsageError */
export function readShopCall(args: readonly string[]): string | null {
  const [shopId = null, ...rest] = args
  const example = "npm run medusa -- exec ./src/scripts/shopee-oauth-status.ts 700001"
  if (rest.length > 0) {
    throw new UsageError(`The only argument is the shop's id at Shopee, for example: ${example}`)
  }
  checkShopId(shopId, example)
  return shopId
}

/** @throws UsageError */
export function readRetryCall(args: readonly string[]): RetryCall {
  const [what, ...rest] = args
  const errorClass = Object.values(ErrorClass).find((name) => name === what)
  if (what !== undefined && rest.length === 0) {
    if (what === "all") {
      return { kind: "all" }
    }
    if (errorClass) {
      return { kind: "class", errorClass }
    }
    if (EXCEPTION_ID.test(what)) {
      return { kind: "exception", id: what }
    }
    if (ORDERSN.test(what)) {
      return { kind: "order", ordersn: what }
    }
  }
  throw new UsageError(
    `Say what to retry: an exception (cex_…), a Shopee order number, a class such as sku_not_found, or all, for example: ${RUN} retry 261123SGYBA9HQ`
  )
}

/** @throws UsageError */
export function readBackfillCall(args: readonly string[]): BackfillCall {
  const [firstDay, lastDay, shopId = null, ...rest] = args
  const from = startOfDay(firstDay)
  const last = startOfDay(lastDay)
  const isShopId = shopId === null || SHOP_ID.test(shopId)
  if (!firstDay || !lastDay || !from || !last || from > last || !isShopId || rest.length > 0) {
    throw new UsageError(
      `Give the first and the last day, and the shop's id where there are several, for example: ${RUN} backfill 2026-11-01 2026-11-15`
    )
  }
  return { firstDay, lastDay, from, to: new Date(last.getTime() + DAY_MS - 1_000), shopId }
}

/** Midnight in Singapore; null for a text that is no day of the calendar. */
function startOfDay(text: string | undefined): Date | null {
  if (!text || !DAY.test(text) || Number.isNaN(Date.parse(`${text}T00:00:00Z`))) {
    return null
  }
  // `new Date` takes 31 February for 3 March.
  const isInCalendar = new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
  return isInCalendar ? new Date(`${text}T00:00:00+08:00`) : null
}

function refuseArguments(args: readonly string[], command: string): void {
  if (args.length > 0) {
    throw new UsageError(`${command} takes no argument: ${RUN} ${command}`)
  }
}

function checkShopId(shopId: string | null, example: string): void {
  if (shopId !== null && !SHOP_ID.test(shopId)) {
    throw new UsageError(`A shop's id at Shopee is digits only, for example: ${example}`)
  }
}

interface Command {
  /** File in `src/scripts`, without its ending. */
  script: string
  /** Refuses a wrong call. @throws UsageError */
  check: (args: readonly string[]) => unknown
}

/** Every command of `npm run shopee`. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ["authorize", { script: "shopee-oauth-bootstrap", check: readAuthorizeCall }],
  ["status", { script: "shopee-status", check: readStatusCall }],
  ["retry", { script: "shopee-retry", check: readRetryCall }],
  ["backfill", { script: "shopee-backfill", check: readBackfillCall }],
  ["reconcile", { script: "shopee-reconcile", check: readReconcileCall }],
])

/** What `--help` prints: one screen. */
export const HELP = `Usage: ${RUN} <command>

  authorize             says where Shopee's authorisation page is
  authorize <code> [shop_id]
                        connects the shop with that page's code, or with the whole
                        address it leads to; works once, within ten minutes
  status                shops, queue, orders, open exceptions, last proof, jobs;
                        exit code 1 while no order can be read
  retry <what>          an exception (cex_…), an order number, a class such as
                        sku_not_found, or all
  backfill <from> <to> [shop_id]
                        takes in the orders of these days again, both included
  reconcile             compares with Shopee's list now: 142/142, 0 missing

Days are Singapore's: 2026-11-01. The shop is SHOPEE_SHOP_ID unless it is given.

  ${RUN} authorize 4c6f78706e7a6b7a
  ${RUN} retry 261123SGYBA9HQ
  ${RUN} backfill 2026-11-01 2026-11-15`

/**
 * The script of a call and what is handed to it; null when help was asked for.
 *
 * @param argv what follows `npm run shopee --`
 * @throws UsageError
 */
export function chooseScript(argv: readonly string[]): { script: string; args: readonly string[] } | null {
  const [name, ...args] = argv
  if (argv.includes("--help") || argv.includes("-h") || name === "help") {
    return null
  }
  const command = name === undefined ? undefined : COMMANDS.get(name)
  if (!command) {
    const said = name === undefined ? "Say what to do" : `There is no command ${name}`
    throw new UsageError(`${said}: ${[...COMMANDS.keys()].join(", ")}. More: ${RUN} --help`)
  }
  command.check(args)
  return { script: command.script, args }
}
