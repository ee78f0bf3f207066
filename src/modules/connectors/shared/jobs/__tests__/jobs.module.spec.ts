import { asValue } from "@medusajs/framework/awilix"
import type { MedusaContainer } from "@medusajs/framework/types"
import { createMedusaContainer } from "@medusajs/framework/utils"
import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "path"
import { CONNECTOR_SHARED_MODULE } from "../.."
import ConnectorException from "../../models/connector-exception"
import ConnectorJob from "../../models/connector-job"
import type ConnectorExceptionService from "../../service"
import { ConnectorName, ExceptionStatus } from "../../types/enums"
import type { JobDefinition, JobRun } from "../job-definition"
import { JobStoppedError, ReportedJobError } from "../job-errors"
import { runDueScopes, runScopesNow, tickJobs } from "../run-due-jobs"
import { runJob } from "../run-job"
import { RunningJobs } from "../running-jobs"

const HOUR_MS = 3_600_000

/** A job whose runs are noted and do what the test says. */
function jobDoing(work: JobDefinition["run"], changes: Partial<JobDefinition> = {}) {
  const runs: JobRun[] = []
  const definition: JobDefinition = {
    connector: ConnectorName.SHOPEE,
    name: "sweep",
    title: "The sweep",
    schedule: { everyMs: HOUR_MS },
    deadlineMs: 60_000,
    run: async (container, run) => {
      runs.push(run)
      return await work(container, run)
    },
    ...changes,
  }
  return { definition, runs }
}

/** A promise that is settled from outside, so that a test decides when a run ends. */
function gate() {
  let open = () => undefined as void
  const opened = new Promise<void>((done) => {
    open = done
  })
  return { open: () => open(), opened }
}

moduleIntegrationTestRunner<ConnectorExceptionService>({
  moduleName: CONNECTOR_SHARED_MODULE,
  moduleModels: [ConnectorException, ConnectorJob],
  resolve: resolve(__dirname, "../.."),
  pathToMigrations: resolve(__dirname, "../../migrations"),
  testSuite: ({ service }) => {
    const warnings: string[] = []
    let container: MedusaContainer

    beforeEach(() => {
      warnings.length = 0
      container = createMedusaContainer()
      container.register({
        [CONNECTOR_SHARED_MODULE]: asValue(service),
        logger: asValue({ warn: (line: string) => warnings.push(line), error: (line: string) => warnings.push(line) }),
      })
    })

    const row = async (name = "sweep", scope = "") => {
      const [job] = await service.listConnectorJobs({ name, scope })
      if (!job) {
        throw new Error(`No row of ${name}.`)
      }
      return job
    }
    const openExceptions = async () => await service.listConnectorExceptions({ status: ExceptionStatus.OPEN })
    /** As if so much time had passed since the row was written. */
    const age = async (ms: number) => {
      const job = await row()
      const back = (date: Date | null) => date && new Date(date.getTime() - ms)
      await service.updateConnectorJobs({
        id: job.id,
        next_run_at: back(job.next_run_at),
        last_success_at: back(job.last_success_at),
        last_started_at: back(job.last_started_at),
        lease_until: back(job.lease_until),
      })
    }

    it("runs once when it is new, then by its schedule, and hands each run what the one before left", async () => {
      const { definition, runs } = jobDoing(async () => ({
        watermark: new Date("2026-11-25T00:00:00Z"),
        state: { page: 3 },
        statistics: { seen: 142 },
      }))
      expect(await runJob(container, definition)).toBe("succeeded")
      expect(await runJob(container, definition)).toBe("not_due")
      const after = await row()
      expect(after).toMatchObject({
        runs: 1,
        schedule: "every 1 h",
        last_statistics: { seen: 142 },
        last_error: null,
        claim_id: null,
        lease_until: null,
      })
      expect(after.next_run_at?.getTime()).toBe((after.last_started_at?.getTime() ?? 0) + HOUR_MS)
      await age(HOUR_MS)
      expect(await runJob(container, definition)).toBe("succeeded")
      expect(runs.map(({ watermark, state }) => [watermark?.toISOString(), state])).toEqual([
        [undefined, null],
        ["2026-11-25T00:00:00.000Z", { page: 3 }],
      ])
    })

    it("waits for its first time when a tick hears of it, and follows a schedule that changes", async () => {
      const { definition, runs } = jobDoing(async () => ({}))
      await runDueScopes(container, definition)
      await runDueScopes(container, definition)
      const first = await row()
      expect(first.next_run_at?.getTime()).toBeGreaterThan(Date.now() + HOUR_MS - 60_000)
      await runDueScopes(container, { ...definition, schedule: { everyMs: 2 * HOUR_MS } })
      const second = await row()
      expect(second.schedule).toBe("every 2 h")
      expect(second.next_run_at?.getTime()).toBeGreaterThan(Date.now() + 2 * HOUR_MS - 60_000)
      expect(runs).toEqual([])
      await age(3 * HOUR_MS)
      await runDueScopes(container, { ...definition, schedule: { everyMs: 2 * HOUR_MS } })
      expect(runs).toHaveLength(1)
    })

    it("makes up for many missed times with one run", async () => {
      const { definition, runs } = jobDoing(async () => ({}))
      await runJob(container, definition)
      await age(50 * HOUR_MS)
      expect(await runJob(container, definition)).toBe("succeeded")
      expect(await runJob(container, definition)).toBe("not_due")
      expect(runs).toHaveLength(2)
    })

    it("goes to one of ten that ask at once, and to nobody while it runs", async () => {
      const { open, opened } = gate()
      const { definition, runs } = jobDoing(async () => {
        await opened
        return {}
      })
      const all = Promise.all(Array.from({ length: 10 }, async () => await runJob(container, definition)))
      expect(await runJob(container, definition)).toBe("not_due")
      open()
      expect((await all).filter((outcome) => outcome === "succeeded")).toHaveLength(1)
      expect(runs).toHaveLength(1)
    })

    it("keeps the scopes of a job apart: one that fails holds up no other", async () => {
      const { definition, runs } = jobDoing(
        async (_, { scope }) => {
          if (scope === "1") {
            throw new Error("no such shop")
          }
          return {}
        },
        { scopes: async () => ["1", "2"] }
      )
      await runDueScopes(container, definition)
      expect(runs).toEqual([])
      await runScopesNow(container, definition)
      expect(runs.map(({ scope }) => scope).sort()).toEqual(["1", "2"])
      expect(await row("sweep", "1")).toMatchObject({ last_error: "no such shop", failures_in_a_row: 1 })
      expect(await row("sweep", "2")).toMatchObject({ last_error: null, failures_in_a_row: 0 })
    })

    it("tells of a failure once, tries again before its next time, and settles it by succeeding", async () => {
      let isBroken = true
      const { definition } = jobDoing(async () => {
        if (isBroken) {
          throw new Error("cursor went missing, access_token=abcdef0123456789abcdef")
        }
        return {}
      })
      expect(await runJob(container, definition)).toBe("failed")
      const first = await row()
      expect(first.next_run_at?.getTime()).toBeLessThan((first.last_started_at?.getTime() ?? 0) + 60_000)
      await age(HOUR_MS)
      expect(await runJob(container, definition)).toBe("failed")
      const [exception, ...others] = await openExceptions()
      expect(others).toEqual([])
      expect(exception).toMatchObject({
        error_class: "job_failed",
        subject: "job:sweep",
        retry_count: 1,
        details: { job: "sweep", attempts: 2 },
      })
      expect(exception?.error_message).toMatch(/^The sweep failed: cursor went missing/)
      expect(exception?.error_message).not.toContain("abcdef")
      expect((await row()).last_error).not.toContain("abcdef")
      isBroken = false
      await age(HOUR_MS)
      expect(await runJob(container, definition)).toBe("succeeded")
      expect(await openExceptions()).toEqual([])
      expect(await row()).toMatchObject({ failures_in_a_row: 0, last_error: null, runs: 3 })
    })

    it("opens no exception of its own for what people know already", async () => {
      const { definition } = jobDoing(async () => {
        throw new ReportedJobError(new Error("Shopee is down"), 40_000)
      })
      expect(await runJob(container, definition)).toBe("failed")
      expect(await openExceptions()).toEqual([])
      const job = await row()
      expect(job.last_error).toBe("Shopee is down")
      expect(job.next_run_at?.getTime()).toBeGreaterThan((job.last_started_at?.getTime() ?? 0) + 35_000)
    })

    it("is taken from a run that died, and done again from its last checkpoint", async () => {
      const died = await service.claimJob({
        connector: ConnectorName.SHOPEE,
        name: "sweep",
        scope: "",
        claimId: "of-a-dead-process",
        leaseMs: 30_000,
        deadlineMs: 60_000,
        schedule: "every 1 h",
      })
      expect(died).not.toBeNull()
      await service.checkpointJob({ claimId: "of-a-dead-process", watermark: null, state: { page: 7 } })
      const { definition, runs } = jobDoing(async () => ({}))
      expect(await runJob(container, definition)).toBe("not_due")
      await age(31_000)
      expect(await runJob(container, definition)).toBe("succeeded")
      expect(runs[0]?.state).toEqual({ page: 7 })
      // Fenced: the dead one can't write any more.
      expect(await service.checkpointJob({ claimId: "of-a-dead-process", watermark: null, state: { page: 8 } })).toBe(
        false
      )
      expect(await service.renewJob({ claimId: "of-a-dead-process", leaseMs: 30_000 })).toBe(false)
      expect((await row()).state).toEqual({ page: 7 })
    })

    it("gives up a run that hangs at its deadline, tells of it, and lets another one go", async () => {
      const { open, opened } = gate()
      const { definition, runs } = jobDoing(
        async (_, run) => {
          if (runs.length === 1) {
            await opened
            await run.checkpoint({ state: { page: 99 } })
          }
          return {}
        },
        { deadlineMs: 200 }
      )
      expect(await runJob(container, definition)).toBe("failed")
      expect((await openExceptions())[0]?.error_message).toContain("did not end within")
      await age(HOUR_MS)
      expect(await runJob(container, definition)).toBe("succeeded")
      open()
      expect(await row()).toMatchObject({ state: null, failures_in_a_row: 0 })
    })

    it("lets a lease not outlive the run's deadline, however often it is renewed", async () => {
      const claim = { claimId: "hanging", leaseMs: 30_000 }
      await service.claimJob({
        ...claim,
        connector: ConnectorName.SHOPEE,
        name: "sweep",
        scope: "",
        deadlineMs: 40_000,
        schedule: "",
      })
      expect(await service.renewJob({ ...claim, leaseMs: 600_000 })).toBe(true)
      const job = await row()
      expect(job.lease_until).toEqual(job.deadline_at)
    })

    it("runs when it is asked for, and once more when it was asked for while it ran", async () => {
      const key = { connector: ConnectorName.SHOPEE, name: "sweep", scope: "" }
      const { definition, runs } = jobDoing(async () => {
        if (runs.length === 2) {
          await service.requestJob(key)
        }
        return {}
      })
      await runJob(container, definition)
      expect(await service.requestJob(key, HOUR_MS)).toBe(false)
      expect(await runJob(container, definition)).toBe("not_due")
      expect(await runJob(container, definition, { request: true })).toBe("succeeded")
      expect(await runJob(container, definition)).toBe("succeeded")
      expect(await runJob(container, definition)).toBe("not_due")
      expect(runs).toHaveLength(3)
    })

    it("is given back when the process stops, as due as it was", async () => {
      const running = new RunningJobs()
      const stopping = Object.create(service, { runningJobs: { value: running } }) as ConnectorExceptionService
      container.register({ [CONNECTOR_SHARED_MODULE]: asValue(stopping) })
      const begun = gate()
      const { definition } = jobDoing(async (_, { signal }) => {
        begun.open()
        await new Promise<void>((done) => signal.addEventListener("abort", () => done()))
        signal.throwIfAborted()
        return {}
      })
      const outcome = runJob(container, definition)
      await begun.opened
      await running.stop(new JobStoppedError("The sweep"))
      expect(await outcome).toBe("stopped")
      expect(await runJob(container, definition)).toBe("stopped")
      const job = await row()
      expect(job).toMatchObject({ claim_id: null, last_error: null, failures_in_a_row: 0 })
      expect(job.next_run_at?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000)
      expect(await openExceptions()).toEqual([])
    })

    it("is given back too when the process stops while it is being claimed", async () => {
      const running = new RunningJobs()
      let stopped: Promise<void> | undefined
      const stopping = Object.create(service, {
        runningJobs: { value: running },
        claimJob: {
          value: async (request: Parameters<typeof service.claimJob>[0]) => {
            const claim = await service.claimJob(request)
            stopped = running.stop(new JobStoppedError("The sweep"))
            return claim
          },
        },
      }) as ConnectorExceptionService
      container.register({ [CONNECTOR_SHARED_MODULE]: asValue(stopping) })
      const { definition, runs } = jobDoing(async () => ({}))
      expect(await runJob(container, definition)).toBe("stopped")
      await stopped
      expect(runs).toEqual([])
      expect(await row()).toMatchObject({ claim_id: null, last_error: null, failures_in_a_row: 0 })
    })

    it("is said to be overdue once, by its name, and not any more after a success", async () => {
      const { definition, runs } = jobDoing(
        async () => {
          throw new ReportedJobError(new Error("Shopee is down"))
        },
        { overdueAfterMs: 26 * HOUR_MS }
      )
      await runJob(container, definition)
      const job = await row()
      const lastSuccess = new Date(Date.now() - 27 * HOUR_MS)
      // Not due, so that the ticks start nothing beside what this test looks at.
      const later = new Date(Date.now() + HOUR_MS)
      await service.updateConnectorJobs({ id: job.id, last_success_at: lastSuccess, next_run_at: later })
      await tickJobs(container, [definition])
      await tickJobs(container, [definition])
      const [overdue] = await openExceptions()
      expect(overdue).toMatchObject({ error_class: "job_overdue", subject: "job:sweep", retry_count: 0 })
      expect(overdue?.error_message).toBe(
        `The sweep is overdue: it last succeeded at ${lastSuccess.toISOString()}, and then failed with: Shopee is down.`
      )
      expect(runs).toHaveLength(1)
      const { definition: mended } = jobDoing(async () => ({}))
      await runJob(container, mended, { request: true })
      expect(await openExceptions()).toEqual([])
    })

    it("announces a notice with level info, without an open exception", async () => {
      await service.announce([
        { connector: ConnectorName.SHOPEE, message: "142/142, 0 missing", shop_id: "7", details: { missing: 0 } },
      ])
      expect(await openExceptions()).toEqual([])
      const posted: unknown[] = []
      await service.postDueAlerts(async (alert) => Boolean(posted.push(alert)))
      expect(posted).toEqual([
        expect.objectContaining({ error_class: "notice", level: "info", message: "142/142, 0 missing", shop_id: "7" }),
      ])
    })
  },
})
