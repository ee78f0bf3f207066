import en from "../../../../../admin/i18n/en.json"
import { PAYOUT_LATE_AFTER_DAYS } from "../../types/settlement"

it("the Admin names the same days after which a payout is late as the list and the nightly alert go by", () => {
  for (const text of [en.escrow.lateNote, en.overview.attentionText.latePayouts]) {
    expect(text).toContain(`more than ${PAYOUT_LATE_AFTER_DAYS} days ago`)
  }
})
