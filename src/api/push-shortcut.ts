import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, FeatureFlag } from "@medusajs/framework/utils"
import { randomUUID } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import { readEnvironment } from "../config/environment"
import { withLogFields } from "../modules/connectors/shared/log-fields"
import { redactSecrets } from "../modules/connectors/shared/redaction"
import {
  examinePush,
  type PushExamination,
  type PushReceipt,
  type ReceivedPush,
  takeIn,
} from "../modules/connectors/shopee/inbox/receive-push"
import { accessLine, type AnsweredRequest } from "./access-line"
import { receiveBytes } from "./read-raw-body"

/** What takes the shortcut: a POST of exactly this, without a query. */
const PUSH_URL = "/connectors/shopee/webhook"

/** An Express application: it hands each request that it is called with to its own method, which so can be another one. */
interface Application {
  handle(req: IncomingMessage, res: ServerResponse, ...rest: unknown[]): void
}

/** Those that were asked for a shortcut, whether or not they have one now. */
const asked = new WeakSet<object>()

const isApplication = (app: unknown): app is Application =>
  typeof app === "function" && "handle" in app && typeof app.handle === "function"

/**
 * Middleware of the webhook's route by which the first push spares all later ones the way through Medusa's chain: sessions, cookies,
 * body parsers and the search through some hundred routes. See docs/decisions/0036-a-shortcut-for-pushes.md.
 *
 * Where there can't be a shortcut pushes go on by the route, and one warning says so.
 */
export function offerPushShortcut(limitBytes: number) {
  return (req: MedusaRequest<unknown>, _res: MedusaResponse, next: MedusaNextFunction): void => {
    const app: unknown = req.app
    // With routes that are loaded anew while the process runs, the shortcut would lead to the old ones.
    if (typeof app === "function" && !asked.has(app) && !FeatureFlag.isFeatureEnabled("backend_hmr")) {
      asked.add(app)
      const logger = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
      if (isApplication(app)) {
        // The scope of a push that holds nothing of its own: it stands for the container that the application was loaded with.
        takePushesFirst(app, new Door(req.scope, logger, limitBytes))
      } else {
        logger.warn("[shopee-webhook] Pushes take the long way: the HTTP application is not built as expected.")
      }
    }
    next()
  }
}

function takePushesFirst(app: Application, door: Door): void {
  const { handle } = app
  app.handle = function (req, res, ...rest) {
    if (req.url === PUSH_URL && req.method === "POST") {
      door.take(req, res)
    } else {
      handle.call(this, req, res, ...rest)
    }
  }
}

function reply(res: ServerResponse, receipt: PushReceipt): void {
  res.writeHead(receipt === "try_again" ? 503 : 200, { "Content-Length": "0" }).end()
}

/** Takes pushes in without Medusa's chain; the answers are those of the route. */
class Door {
  private readonly production = readEnvironment().production

  constructor(
    private readonly container: MedusaContainer,
    private readonly logger: Logger,
    private readonly limitBytes: number
  ) {}

  take(req: IncomingMessage, res: ServerResponse): void {
    const arrivedAt = performance.now()
    receiveBytes(req, res, this.limitBytes, (error, rawBody) => {
      if (error) {
        res.destroy()
        return
      }
      try {
        const push = { rawBody, authorization: req.headers.authorization }
        const examination = examinePush(this.container, push)
        if (examination === null) {
          reply(res, "rejected")
          return
        }
        const request = { req, res, requestId: String(req.headers["x-request-id"] ?? randomUUID()), arrivedAt }
        withLogFields({ request_id: request.requestId }, () => this.takeIn(request, push, examination)).catch(
          (failure: unknown) => this.giveUp(res, failure)
        )
      } catch (failure) {
        this.giveUp(res, failure)
      }
    })
  }

  private async takeIn(request: AnsweredRequest, push: ReceivedPush, examination: PushExamination): Promise<void> {
    const receipt = await takeIn(this.container, push, examination)
    reply(request.res, receipt)
    // Thousands of forged pushes a second must not become as many lines: of those the log has the number, every few seconds.
    if (receipt !== "rejected") {
      this.log(request)
    }
  }

  /** A push that nobody could look at is asked for again. */
  private giveUp(res: ServerResponse, failure: unknown): void {
    this.logger.error(`[shopee-webhook] A push was answered 503: ${redactSecrets(String(failure))}`)
    if (!res.headersSent) {
      reply(res, "try_again")
    }
  }

  private log(request: AnsweredRequest): void {
    if (!this.logger.shouldLog("http")) {
      return
    }
    if (this.production) {
      process.stdout.write(`${accessLine(request)}\n`)
    } else {
      this.logger.http(`POST ${PUSH_URL} (${request.res.statusCode})`)
    }
  }
}
