import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { keepUploads } from "../keep-uploads"

describe("keepUploads", () => {
  let checkout: string
  let server: string

  beforeEach(async () => {
    checkout = await mkdtemp(join(tmpdir(), "keep-uploads-"))
    server = join(checkout, ".medusa", "server")
    await mkdir(server, { recursive: true })
  })

  afterEach(() => rm(checkout, { recursive: true }))

  it("lets uploads outlive a build, which empties the folder", async () => {
    await keepUploads(checkout, server)
    await writeFile(join(server, "static", "card.png"), "a card")

    await rm(server, { recursive: true })
    await mkdir(server, { recursive: true })
    await keepUploads(checkout, server)
    expect(await readFile(join(server, "static", "card.png"), "utf8")).toBe("a card")
  })

  it("can be asked by a server and a worker at the same time, and again at every start", async () => {
    await Promise.all([keepUploads(checkout, server), keepUploads(checkout, server)])
    await keepUploads(checkout, server)
    expect(await readdir(join(server, "static"))).toEqual([])
  })

  it("changes nothing in a built folder that is all there is", async () => {
    await keepUploads(server, server)
    expect(await readdir(server)).toEqual([])
  })
})
