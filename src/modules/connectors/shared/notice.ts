import { allowedDetails } from "./exception-details"
import { redactSecrets } from "./redaction"
import { FAILURE_POLICY } from "./retry-policy"
import type { NoticeRow } from "./sql/insert-notices"
import { storableText } from "./storable-text"
import { ErrorClass } from "./types/enums"
import type { Notice } from "./types/exception"

/** A notice as its row holds it: secrets stripped, allowed facts only. */
export function storableNotice(notice: Notice): Omit<NoticeRow, "id"> {
  const { action, level } = FAILURE_POLICY[ErrorClass.NOTICE]
  return {
    connector: notice.connector,
    error_class: ErrorClass.NOTICE,
    error_message: storableText(redactSecrets(notice.message)),
    shop_id: notice.shop_id == null ? null : storableText(notice.shop_id),
    ordersn: notice.ordersn == null ? null : storableText(notice.ordersn),
    details: { action, ...allowedDetails(notice.details) },
    level,
  }
}
