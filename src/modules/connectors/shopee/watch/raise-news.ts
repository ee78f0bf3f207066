import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName, ExceptionStatus } from "../../shared/types/enums"
import type { ExceptionFinding } from "../../shared/types/exception"

/**
 * Opens exceptions for findings that have none open. A watch looks every few minutes; counting each look as a repeat would say nothing.
 *
 * @returns the findings that were news
 */
export async function raiseNews(
  exceptions: ConnectorExceptionService,
  findings: ExceptionFinding[]
): Promise<ExceptionFinding[]> {
  if (findings.length === 0) {
    return []
  }
  const open = await exceptions.listConnectorExceptions(
    {
      connector: ConnectorName.SHOPEE,
      subject: findings.map(({ subject }) => subject),
      status: ExceptionStatus.OPEN,
    },
    { select: ["id", "subject", "error_class"] }
  )
  const news = findings.filter(
    (finding) => !open.some((one) => one.subject === finding.subject && one.error_class === finding.error_class)
  )
  await exceptions.raiseExceptions(news)
  return news
}
