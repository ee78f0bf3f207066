import {
  escrowSubject,
  eventSubject,
  jobOfSubject,
  jobSubject,
  orderSubject,
  outageSubject,
  shopSubject,
  WEBHOOK_SIGNATURE_SUBJECT,
} from "../exception-subject"
import { retryTargetOf } from "../retry-target"
import { ErrorClass } from "../types/enums"

describe("retryTargetOf", () => {
  it.each([
    ["a held order is looked at again", orderSubject("1", "A"), ErrorClass.SKU_NOT_FOUND, "order"],
    ["an order out of attempts is looked at again", orderSubject("1", "A"), ErrorClass.RETRY_EXHAUSTED, "order"],
    ["an oversold order went through already", orderSubject("1", "A"), ErrorClass.OVERSOLD, "nothing"],
    ["an escrow that does not add up is fetched again", escrowSubject("1", "A"), ErrorClass.ESCROW_MISMATCH, "escrow"],
    ["a shop that is down is called again", outageSubject("1"), ErrorClass.SDK_TRANSIENT, "shop"],
    ["a shop that was refused is called again", shopSubject("1"), ErrorClass.TOKEN_EXPIRED, "shop"],
    ["a job that failed runs again", jobSubject("reconcile", "1"), ErrorClass.JOB_FAILED, "job"],
    ["rejected pushes are verified again", WEBHOOK_SIGNATURE_SUBJECT, ErrorClass.SIGNATURE_MISMATCH, "rejected_pushes"],
    ["an event without an order stays what it is", eventSubject("srev_1"), ErrorClass.NORMALIZATION_FAILED, "nothing"],
    ["an exception about nothing in particular stays", null, ErrorClass.UNKNOWN, "nothing"],
  ])("%s", (_, subject, error_class, target) => {
    expect(retryTargetOf({ subject, error_class })).toBe(target)
  })
})

describe("jobOfSubject", () => {
  it.each(["", "700001", "shop:700001"])("reads a job of scope %p back", (scope) => {
    expect(jobOfSubject(jobSubject("reconcile", scope))).toEqual({ name: "reconcile", scope })
  })

  it("finds no job in another subject", () => {
    expect(jobOfSubject(orderSubject("1", "A"))).toBeNull()
    expect(jobOfSubject(null)).toBeNull()
  })
})
