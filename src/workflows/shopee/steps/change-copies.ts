import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { lineKeyOfPiece } from "../../../modules/connectors/shopee/planner/piece-names"
import type { CopyChanges } from "../../../modules/connectors/shopee/types/copies"
import { TCG_MODULE } from "../../../modules/tcg"
import type TcgModuleService from "../../../modules/tcg/service"
import { noteCopies } from "../note-copies"

/**
 * Sets graded copies aside for an order's pieces, marks them as sold, frees them, and names on each line what it holds then. A copy that
 * somebody changed meanwhile is left as it is: the next plan sees it.
 *
 * Not compensated, so it comes last in its workflow: repeating it does nothing, and what an interruption left is planned again.
 */
export const changeCopiesStep = createStep(
  "change-serialized-copies",
  async ({ order, reserve, sell, release, takeBack, lines }: CopyChanges, { container }) => {
    const tcg = container.resolve<TcgModuleService>(TCG_MODULE)
    await tcg.releaseSerializedItems(release)
    await tcg.takeBackSerializedItems(takeBack)
    await tcg.sellSerializedItems(sell)
    await tcg.reserveSerializedItems(reserve.map((piece) => ({ ...piece, order })))
    const held = await tcg.listHeldCopies([order])
    await noteCopies(
      container,
      lines.map(({ lineId, key }) => ({
        lineId,
        copies: held.filter((copy) => lineKeyOfPiece(order, copy.reserved_for) === key),
      }))
    )
    return new StepResponse(held.length)
  }
)
