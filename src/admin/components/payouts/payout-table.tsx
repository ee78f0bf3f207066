import { ArrowDownTray } from "@medusajs/icons"
import {
  Button,
  clx,
  createDataTableColumnHelper,
  createDataTableFilterHelper,
  DataTable,
  Heading,
  StatusBadge,
  Text,
  toast,
} from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { EscrowListAnswer, EscrowRow } from "../../../modules/connectors/shopee/types/desk"
import { sinceDaysAgo } from "../../lib/days-ago"
import { useFormats } from "../../lib/formats"
import { NAMESPACE } from "../../lib/namespace"
import {
  filterPayouts,
  PAYOUTS_A_PAGE,
  PAYOUT_SORTS,
  PAYOUT_STATES,
  type PayoutListChoice,
  toPayoutFiltering,
} from "../../lib/payout-list-address"
import { useDownloadPayouts } from "../../lib/payouts"
import { useOrderListTable } from "../../lib/use-order-list-table"

const column = createDataTableColumnHelper<EscrowRow>()
const filter = createDataTableFilterHelper<EscrowRow>()

const PayoutBadge = ({ payout }: { payout: EscrowRow }) => {
  const { t } = useTranslation(NAMESPACE)
  const state = payout.late ? "late" : payout.state
  const color = state === "late" ? "red" : state === "released" ? "green" : "orange"
  return <StatusBadge color={color}>{t(`payouts.state_${state}`)}</StatusBadge>
}

const Money = ({
  amount,
  currency,
  alarming = false,
}: {
  amount: string | null
  currency: string
  alarming?: boolean
}) => {
  const { money } = useFormats()
  return amount === null ? (
    <span className="text-ui-fg-muted">–</span>
  ) : (
    <span className={clx("tabular-nums", alarming && "text-ui-fg-error")}>{money(amount, currency)}</span>
  )
}

const Cause = ({ cause }: Pick<EscrowRow, "cause">) => {
  const { t } = useTranslation(NAMESPACE)
  return cause === null ? (
    <span className="text-ui-fg-muted">–</span>
  ) : (
    <span title={t(`escrow.cause.${cause}`)}>{t(`payouts.cause_${cause}`)}</span>
  )
}

function useColumns() {
  const { t } = useTranslation(NAMESPACE)
  const { day, time } = useFormats()
  const sorting = {
    enableSorting: true,
    sortAscLabel: t("payouts.oldestFirst"),
    sortDescLabel: t("payouts.newestFirst"),
  }
  return [
    column.accessor("ordersn", {
      header: t("payouts.order"),
      // The row itself takes clicks only; the link takes the keyboard.
      cell: ({ row }) => (
        <Link
          to={`/connectors/orders/${row.original.ordersn}`}
          onClick={(event) => event.stopPropagation()}
          className="text-ui-fg-base font-mono"
        >
          {row.original.ordersn}
        </Link>
      ),
      size: 165,
      maxSize: 165,
    }),
    column.accessor("state", {
      header: t("payouts.state"),
      cell: ({ row }) => <PayoutBadge payout={row.original} />,
      size: 120,
      maxSize: 120,
    }),
    column.accessor("escrow_amount", {
      header: t("payouts.expected"),
      align: "right",
      cell: ({ row }) => <Money amount={row.original.escrow_amount} currency={row.original.currency} />,
      size: 110,
      maxSize: 110,
    }),
    column.accessor("payout_amount", {
      header: t("payouts.paidOut"),
      align: "right",
      cell: ({ row }) => <Money amount={row.original.payout_amount} currency={row.original.currency} />,
      size: 110,
      maxSize: 110,
    }),
    column.accessor("difference", {
      header: t("payouts.difference"),
      align: "right",
      cell: ({ row: { original } }) => (
        <Money
          amount={original.difference === "0" ? null : original.difference}
          currency={original.currency}
          alarming={original.cause === "unexplained"}
        />
      ),
      size: 110,
      maxSize: 110,
    }),
    column.accessor("cause", {
      header: t("payouts.cause"),
      cell: ({ row }) => <Cause cause={row.original.cause} />,
      size: 170,
      maxSize: 170,
    }),
    column.accessor("created_at", {
      header: t("payouts.fetched"),
      sortLabel: t("payouts.fetched"),
      ...sorting,
      cell: ({ row }) => <span title={time(row.original.created_at)}>{day(row.original.created_at)}</span>,
      size: 120,
      maxSize: 120,
    }),
    column.accessor("released_at", {
      id: "escrow_release_time",
      header: t("payouts.released"),
      sortLabel: t("payouts.released"),
      ...sorting,
      cell: ({ row: { original } }) =>
        original.released_at === null ? (
          <span className="text-ui-fg-muted">–</span>
        ) : (
          <span title={time(original.released_at)}>{day(original.released_at)}</span>
        ),
      size: 120,
      maxSize: 120,
    }),
  ]
}

function useFilters() {
  const { t } = useTranslation(NAMESPACE)
  const { day } = useFormats()
  return [
    filter.accessor("state", {
      type: "radio",
      label: t("payouts.state"),
      options: PAYOUT_STATES.map((state) => ({ value: state, label: t(`payouts.state_${state}`) })),
    }),
    filter.accessor("difference", {
      type: "radio",
      label: t("payouts.differs"),
      options: [{ value: "true", label: t("payouts.differsOnly") }],
    }),
    filter.accessor("released_at", {
      type: "date",
      label: t("payouts.released"),
      format: "date",
      formatDateValue: (date) => day(date.toISOString()),
      rangeOptionLabel: t("payouts.range"),
      rangeOptionStartLabel: t("payouts.rangeFrom"),
      rangeOptionEndLabel: t("payouts.rangeTo"),
      options: [7, 30, 90].map((count) => ({ label: t("payouts.lastDays", { count }), value: sinceDaysAgo(count) })),
    }),
  ]
}

const Download = ({ choice, disabled }: { choice: PayoutListChoice; disabled: boolean }) => {
  const { t } = useTranslation(NAMESPACE)
  const { mutate, isPending } = useDownloadPayouts()
  return (
    <Button
      size="small"
      variant="secondary"
      isLoading={isPending}
      disabled={disabled}
      onClick={() =>
        mutate(choice, {
          onError: (error) => toast.error(t("payouts.downloadFailed"), { description: error.message }),
        })
      }
    >
      <ArrowDownTray aria-hidden="true" />
      {t("payouts.download")}
    </Button>
  )
}

interface PayoutTableProps {
  choice: PayoutListChoice
  onChoose: (choice: PayoutListChoice) => void
  answer: EscrowListAnswer | undefined
  isLoading: boolean
}

/** The payouts that a choice lets through. A row leads to its order. */
export const PayoutTable = ({ choice, onChoose, answer, isLoading }: PayoutTableProps) => {
  const { t } = useTranslation(NAMESPACE)
  const table = useOrderListTable<EscrowRow, PayoutListChoice["sort"], PayoutListChoice>({
    choice,
    onChoose,
    rows: answer?.escrows,
    count: answer?.count,
    columns: useColumns(),
    filters: useFilters(),
    isLoading,
    pageSize: PAYOUTS_A_PAGE,
    sorts: PAYOUT_SORTS,
    toFiltering: toPayoutFiltering,
    filter: filterPayouts,
  })
  return (
    <DataTable instance={table}>
      <DataTable.Toolbar className="flex items-center justify-between gap-x-4">
        <div className="min-w-0">
          <Heading>{t("payouts.title")}</Heading>
          <Text size="small" className="text-ui-fg-subtle">
            {t("payouts.subtitle")}
          </Text>
        </div>
        <div className="flex items-center gap-x-2">
          <DataTable.Search placeholder={t("payouts.search")} autoFocus={false} />
          <DataTable.FilterMenu />
          <DataTable.SortingMenu />
          <Download choice={choice} disabled={answer === undefined || answer.count === 0} />
        </div>
      </DataTable.Toolbar>
      <DataTable.Table
        emptyState={{
          empty: { heading: t("payouts.none"), description: t("payouts.noneText") },
          filtered: { heading: t("payouts.noMatch"), description: t("payouts.noMatchText") },
        }}
      />
      <DataTable.Pagination />
    </DataTable>
  )
}
