import { defineRouteConfig } from "@medusajs/admin-sdk"
import { ShoppingBag } from "@medusajs/icons"
import {
  Container,
  createDataTableColumnHelper,
  createDataTableFilterHelper,
  DataTable,
  Heading,
  Text,
} from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link, useSearchParams } from "react-router-dom"
import type { ShopeeOrderRow } from "../../../../modules/connectors/shopee/types/desk"
import { Breadcrumb } from "../../../components/breadcrumb"
import { LoadFailure } from "../../../components/load-failure"
import { OrderProgressBadge } from "../../../components/order-progress"
import { ShopeeStatusBadge } from "../../../components/shopee-status-badge"
import en from "../../../i18n/en.json"
import { sinceDaysAgo } from "../../../lib/days-ago"
import { useFormats } from "../../../lib/formats"
import { NAMESPACE } from "../../../lib/namespace"
import {
  filterOrders,
  ORDER_SORTS,
  type OrderListChoice,
  ORDERS_A_PAGE,
  PROGRESSES,
  readOrderListAddress,
  toOrderFiltering,
  toOrderListAddress,
} from "../../../lib/order-list-address"
import { useShopeeOrders } from "../../../lib/shopee-order"
import { useOrderListTable } from "../../../lib/use-order-list-table"

const STATUSES = Object.keys(en.status).filter((status) => status === status.toUpperCase())

const column = createDataTableColumnHelper<ShopeeOrderRow>()
const filter = createDataTableFilterHelper<ShopeeOrderRow>()

const LINK = "text-ui-fg-interactive hover:text-ui-fg-interactive-hover"

/** The open exceptions of an order: the first by name, the others as a number. */
const Attention = ({ exceptions }: { exceptions: ShopeeOrderRow["open_exceptions"] }) => {
  const { t } = useTranslation(NAMESPACE)
  const [first, ...others] = exceptions
  if (!first) {
    return <span className="text-ui-fg-muted">–</span>
  }
  const name = t(`errorClass.${first.error_class}`, { defaultValue: first.error_class })
  return (
    <Link
      to={`/connectors/exceptions?id=${first.id}`}
      onClick={(event) => event.stopPropagation()}
      className="text-ui-fg-error block truncate"
    >
      {others.length === 0 ? name : t("orders.moreExceptions", { name, count: others.length })}
    </Link>
  )
}

function useColumns() {
  const { t } = useTranslation(NAMESPACE)
  const { age, money, time } = useFormats()
  return [
    column.accessor("ordersn", {
      header: t("orders.number"),
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
      size: 160,
      maxSize: 160,
    }),
    column.accessor("shopee_status", {
      header: t("orders.onShopee"),
      cell: ({ row }) => <ShopeeStatusBadge status={row.original.shopee_status} />,
      size: 130,
      maxSize: 130,
    }),
    column.accessor("progress", {
      header: t("orders.connector"),
      cell: ({ row }) => <OrderProgressBadge order={row.original} />,
      size: 130,
      maxSize: 130,
    }),
    column.accessor("total", {
      header: t("orders.total"),
      align: "right",
      cell: ({ row: { original } }) =>
        original.total === null ? (
          <span className="text-ui-fg-muted">–</span>
        ) : (
          <span className="tabular-nums">{money(original.total.amount, original.total.currency)}</span>
        ),
      size: 100,
      maxSize: 100,
    }),
    column.accessor("medusa_order_id", {
      header: t("orders.inMedusa"),
      cell: ({ row: { original } }) =>
        original.medusa_order_id === null ? (
          <span className="text-ui-fg-muted">{t("orders.notYet")}</span>
        ) : (
          <Link
            to={`/orders/${original.medusa_order_id}`}
            onClick={(event) => event.stopPropagation()}
            className={LINK}
            aria-label={t("orders.openInMedusaNamed", { number: original.ordersn })}
          >
            {t("orders.open")}
          </Link>
        ),
      size: 90,
      maxSize: 90,
    }),
    column.accessor("open_exceptions", {
      header: t("orders.attention"),
      cell: ({ row }) => <Attention exceptions={row.original.open_exceptions} />,
      size: 170,
      maxSize: 170,
    }),
    column.accessor("shopee_update_time", {
      header: t("orders.updated"),
      enableSorting: true,
      sortLabel: t("orders.updated"),
      sortAscLabel: t("orders.oldestFirst"),
      sortDescLabel: t("orders.newestFirst"),
      cell: ({ row: { original } }) =>
        original.shopee_update_time === null ? (
          <span className="text-ui-fg-muted">–</span>
        ) : (
          <span title={time(original.shopee_update_time)}>{age(original.shopee_update_time)}</span>
        ),
      size: 130,
      maxSize: 130,
    }),
    column.accessor("created_at", {
      header: t("orders.arrived"),
      enableSorting: true,
      sortLabel: t("orders.arrived"),
      sortAscLabel: t("orders.oldestFirst"),
      sortDescLabel: t("orders.newestFirst"),
      cell: ({ row }) => <span title={time(row.original.created_at)}>{age(row.original.created_at)}</span>,
      size: 130,
      maxSize: 130,
    }),
  ]
}

function useFilters() {
  const { t } = useTranslation(NAMESPACE)
  const { day } = useFormats()
  return [
    filter.accessor("progress", {
      type: "radio",
      label: t("orders.connector"),
      options: PROGRESSES.map((progress) => ({ value: progress, label: t(`orders.progress_${progress}`) })),
    }),
    filter.accessor("shopee_status", {
      type: "multiselect",
      label: t("orders.onShopee"),
      options: STATUSES.map((status) => ({ value: status, label: t(`status.${status}.label`) })),
    }),
    filter.accessor("created_at", {
      type: "date",
      label: t("orders.arrived"),
      format: "date",
      formatDateValue: (date) => day(date.toISOString()),
      rangeOptionLabel: t("orders.range"),
      rangeOptionStartLabel: t("orders.rangeFrom"),
      rangeOptionEndLabel: t("orders.rangeTo"),
      options: [
        { label: t("orders.today"), value: sinceDaysAgo(0) },
        { label: t("orders.lastDays", { count: 7 }), value: sinceDaysAgo(7) },
        { label: t("orders.lastDays", { count: 30 }), value: sinceDaysAgo(30) },
      ],
    }),
  ]
}

/** Shopee's orders and where the connector stands with each. Search, filters and page are in the address. */
const OrdersPage = () => {
  const { t } = useTranslation(NAMESPACE)
  const [address, setAddress] = useSearchParams()
  const choice = readOrderListAddress(address)
  const choose = (after: OrderListChoice) => setAddress(toOrderListAddress(after), { replace: true })
  const { data, isPending, isError, refetch } = useShopeeOrders(choice)

  const table = useOrderListTable<ShopeeOrderRow, OrderListChoice["sort"], OrderListChoice>({
    choice,
    onChoose: choose,
    rows: data?.orders,
    count: data?.count,
    columns: useColumns(),
    filters: useFilters(),
    isLoading: isPending,
    pageSize: ORDERS_A_PAGE,
    sorts: ORDER_SORTS,
    toFiltering: toOrderFiltering,
    filter: filterOrders,
  })
  return (
    <Container className="divide-y p-0" data-testid="connector-orders">
      <DataTable instance={table}>
        <DataTable.Toolbar className="flex items-center justify-between gap-x-4">
          <div className="min-w-0">
            <Heading>{t("orders.title")}</Heading>
            <Text size="small" className="text-ui-fg-subtle">
              {t("orders.subtitle")}
            </Text>
          </div>
          <div className="flex items-center gap-x-2">
            <DataTable.Search placeholder={t("orders.search")} autoFocus={false} />
            <DataTable.FilterMenu />
            <DataTable.SortingMenu />
          </div>
        </DataTable.Toolbar>
        {isError && !data ? (
          <LoadFailure text={t("orders.failed")} again={t("orders.tryAgain")} onRetry={() => void refetch()} />
        ) : (
          <>
            <DataTable.Table
              emptyState={{
                empty: { heading: t("orders.none"), description: t("orders.noneText") },
                filtered: { heading: t("orders.noMatch"), description: t("orders.noMatchText") },
              }}
            />
            <DataTable.Pagination />
          </>
        )}
      </DataTable>
    </Container>
  )
}

export const handle = { breadcrumb: () => <Breadcrumb text="orders.title" /> }

export const config = defineRouteConfig({
  label: "orders.menu",
  // The build reads this without running it: only a literal is seen.
  translationNs: "connectors",
  icon: ShoppingBag,
  rank: 2,
})

export default OrdersPage
