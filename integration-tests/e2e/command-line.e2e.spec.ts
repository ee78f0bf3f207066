import { spawn } from "node:child_process"
import { once } from "node:events"
import { databaseUrl } from "../setup/database-url"
import { eventually } from "../support/eventually"
import { BUILT_PLATFORM, type PlatformProcess, productionEnvironment, runNpmScript } from "../support/platform-process"
import { SHOP_ID } from "../support/shopee-shop"
import { ShopAdmin } from "../support/shop-admin"
import { exceptionsOf, inboxIsEmpty, openShop, type ShopWorld, startShopPlatform } from "../support/shop-world"

const DRAKE = "EMB-014-NM"
/** Every command starts Medusa, which takes its time on a busy machine. */
const SEVERAL_COMMANDS_MS = 600_000
/** Node says 128 + n, a shell's pipe the same. */
const SIGHUP_EXIT = 129

/** `npm run shopee` in what is deployed, against the sandbox: what an operator types who has a terminal and nothing else. */
describe("the operator's command line in the built platform", () => {
  jest.setTimeout(SEVERAL_COMMANDS_MS)

  let world: ShopWorld
  let platform: PlatformProcess
  let admin: ShopAdmin

  beforeAll(async () => {
    world = await openShop("command-line")
    platform = await startShopPlatform(world)
    admin = await ShopAdmin.login(platform.url)
    await admin.stockCards({ [DRAKE]: 100 })
  })

  afterAll(async () => {
    await platform?.stop()
    await world?.close()
  })

  const shopee = (...args: string[]) => runNpmScript("shopee", args, world.settings)
  const place = (sku = DRAKE) =>
    world.sandbox.control.createOrder({
      lines: [{ sku, name: "Ember Drake #014", price: 12.5, quantity: 1 }],
      status: "READY_TO_SHIP",
      push: false,
    })
  const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

  it("wrong use is one line and exit code 1, and asks no database", async () => {
    for (const args of [[], ["recover"], ["backfill", "yesterday"], ["retry"]]) {
      const result = await runNpmScript("shopee", args, {})
      expect(result).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^[^\n]+\n$/) })
    }
    expect(await runNpmScript("shopee", ["--help"], {})).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringMatching(/^Usage: npm run shopee -- <command>\n/),
    })
  })

  it("a database that was never migrated is one line that says what to do", async () => {
    const settings = { ...world.settings, DATABASE_URL: databaseUrl("postgres") }
    expect(await runNpmScript("shopee", ["status"], settings)).toEqual({
      code: 1,
      stdout: "",
      stderr: "The database has not the platform's tables: run npm run migrate.\n",
    })
  })

  it("authorize: says where to go, refuses a wrong code in one line, and takes the address that Shopee leads to", async () => {
    expect(await shopee("status")).toMatchObject({
      code: 1,
      stderr: "",
      stdout: expect.stringMatching(new RegExp(`^shop ${SHOP_ID} +not authorised: npm run shopee -- authorize$`, "m")),
    })
    expect(await shopee("reconcile")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^No shop is auth[^\n]*\n$/),
    })

    const where = await shopee("authorize")
    expect(where).toMatchObject({ code: 0, stderr: "" })
    expect(where.stdout).toContain(`${world.sandbox.url}/api/v2/shop/auth_partner?`)
    expect(where.stdout).toContain(encodeURIComponent("https://shop.test/health"))

    expect(await shopee("authorize", "no-code")).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^[^\n]*invalid_code[^\n]*\n$/),
    })
    const code = await world.sandbox.control.authorize(SHOP_ID, { push: false })
    const done = await shopee("authorize", `https://shop.test/health?code=${code}&shop_id=${SHOP_ID}`)
    expect(done).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/^state +authorised$/m) })
    expect(done.stdout).not.toMatch(/[0-9a-f]{16}/)
  })

  it("reconcile: finds the order that no push told of, and a worker takes it in", async () => {
    const { order_sn } = await place()
    const first = await shopee("reconcile")
    expect(first).toMatchObject({ code: 0, stderr: "" })
    expect(first.stdout).toMatch(new RegExp(`^Shop ${SHOP_ID}: 0/1, 1 missing \\(.* SGT\\)\\n$`))
    await eventually("the order", async () => (await admin.ordersOf(order_sn)).length === 1)
    await inboxIsEmpty(world)
    const [order] = await admin.ordersOf(order_sn)
    const lines = (await platform.log()).split("\n").filter((line) => line.includes(`"order_sn":"${order_sn}"`))
    expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual(
      expect.objectContaining({ level: "info", shop_id: String(SHOP_ID), medusa_order_id: order?.id })
    )
    expect((await shopee("reconcile")).stdout).toMatch(new RegExp(`^Shop ${SHOP_ID}: 1/1, 0 missing `))
  })

  it("retry: an order that nobody heard of by its number, a class, one exception; what no retry can change is refused", async () => {
    const { order_sn } = await place()
    expect(await shopee("retry", order_sn)).toMatchObject({ code: 0, stdout: expect.stringContaining(order_sn) })
    await eventually("the order", async () => (await admin.ordersOf(order_sn)).length === 1)

    const held = await place("GAL-007-NM")
    await shopee("retry", held.order_sn)
    await eventually("the exception", async () => (await exceptionsOf(world)).some(({ status }) => status === "open"))
    expect(await shopee("retry", "sku_not_found")).toMatchObject({ code: 0, stdout: "1 orders are looked at again.\n" })
    const [exception] = await world.database.query<{ id: string }>(
      "SELECT id FROM connector_exception WHERE error_class = 'sku_not_found' AND status = 'open'"
    )
    expect(await shopee("retry", exception?.id ?? "")).toMatchObject({ code: 0 })
    expect(await shopee("retry", "ambiguous_sku")).toMatchObject({
      code: 1,
      stdout: "",
      stderr: "Nothing that is open can be retried.\n",
    })
    expect(await shopee("retry", "cex_unknown")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^[^\n]*cex_unknown[^\n]*\n$/),
    })
  })

  it("backfill: shows how far it is until everything is in Medusa", async () => {
    const { order_sn } = await place()
    const result = await shopee("backfill", today(), today())
    expect(result).toMatchObject({ code: 0, stderr: "" })
    expect(result.stdout).toMatch(/^Backfill \S+ of .* began\.$/m)
    expect(result.stdout).toMatch(/\[#{24}\] 1\/1 days · 4 orders seen · 1 taken in, 1 done/)
    // One order was held before, and stays so: the end must not say that everything is in Medusa.
    expect(result.stdout).toMatch(/held, as before: 1\. More: npm run shopee -- status\n$/)
    expect(await admin.ordersOf(order_sn)).toHaveLength(1)
  })

  it("status: everything in sight, exit code 0, and no part of a key or a token", async () => {
    const status = await shopee("status")
    expect(status).toMatchObject({ code: 0, stderr: "" })
    expect(status.stdout).toMatch(/^settings +complete$/m)
    expect(status.stdout).toMatch(/^exceptions +1 sku_not_found/m)
    expect(status.stdout).toMatch(/^last proof +1\/1, 0 missing/m)
    expect(status.stdout).toMatch(/^job +shopee-reconcile-daily \(700321\): last success .*, next /m)
    expect(status.stdout).not.toMatch(/[0-9a-f]{16}/)
  })

  it("ends when whoever reads it goes, and when the terminal does, and leaves no process behind", async () => {
    const start = (command: string) =>
      spawn("sh", ["-c", command], {
        cwd: BUILT_PLATFORM,
        env: productionEnvironment(world.settings),
        stdio: "ignore",
        detached: true,
      })
    const isGone = (group: number) => {
      try {
        process.kill(-group, 0)
        return false
      } catch {
        return true
      }
    }
    const piped = start("npm run --silent shopee -- status | true")
    await once(piped, "exit")
    await eventually("the piped command's end", async () => isGone(piped.pid ?? 0))

    await world.sandbox.control.addFault({ endpoint: "get_order_list", kind: "hang", times: 1 })
    const hung = start("exec npm run --silent shopee -- reconcile")
    await eventually("its call of Shopee", async () =>
      (await world.sandbox.control.faults()).some(({ applied }) => applied > 0)
    )
    process.kill(-(hung.pid ?? 0), "SIGHUP")
    const [code, signal] = (await once(hung, "exit")) as [number | null, string | null]
    expect(code ?? signal).toEqual(signal ? "SIGHUP" : SIGHUP_EXIT)
    await eventually("the end of all its processes", async () => isGone(hung.pid ?? 0))
  })
})
