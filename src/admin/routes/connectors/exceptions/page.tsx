import { defineRouteConfig } from "@medusajs/admin-sdk"
import { ExclamationCircle } from "@medusajs/icons"
import {
  Button,
  Container,
  createDataTableColumnHelper,
  createDataTableFilterHelper,
  DataTable,
  type DataTableFilteringState,
  Heading,
  Text,
  useDataTable,
  usePrompt,
} from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Link, useSearchParams } from "react-router-dom"
import type { ExceptionView } from "../../../../modules/connectors/shopee/types/desk"
import { Breadcrumb } from "../../../components/breadcrumb"
import { ExceptionDrawer } from "../../../components/exception-drawer"
import { ExceptionStatusBadge } from "../../../components/exception-status-badge"
import { LoadFailure } from "../../../components/load-failure"
import { clickedRow } from "../../../lib/clicked-row"
import { ERROR_CLASSES, type ErrorClassName } from "../../../lib/error-classes"
import { type ExceptionStatusName, useExceptions, useRetryExceptions } from "../../../lib/exceptions"
import { useFormats } from "../../../lib/formats"
import { NAMESPACE } from "../../../lib/namespace"
import { useOutcomeToasts } from "../../../lib/outcome-toasts"

const PAGE_SIZE = 20
const STATUSES: readonly ExceptionStatusName[] = ["open", "resolved", "wont_fix"]

const column = createDataTableColumnHelper<ExceptionView>()
const filter = createDataTableFilterHelper<ExceptionView>()

/** The values of a filter that are known; the table keeps them as it likes. */
function chosen<Value extends string>(value: unknown, known: readonly Value[]): Value[] {
  const given: unknown[] = Array.isArray(value) ? value : [value]
  return known.filter((one) => given.includes(one))
}

function useColumns() {
  const { t } = useTranslation(NAMESPACE)
  const { age, time } = useFormats()
  return [
    column.accessor("error_class", {
      header: t("exceptions.class"),
      // The row itself takes clicks only; the link takes the keyboard.
      cell: ({ row }) => (
        <Link
          to={{ search: new URLSearchParams({ id: row.original.id }).toString() }}
          onClick={(event) => event.stopPropagation()}
          className="text-ui-fg-base"
        >
          {t(`errorClass.${row.original.error_class}`, { defaultValue: row.original.error_class })}
        </Link>
      ),
      size: 190,
      maxSize: 190,
    }),
    column.accessor("status", {
      header: t("exceptions.statusLabel"),
      cell: ({ row }) => <ExceptionStatusBadge exception={row.original} />,
      size: 110,
      maxSize: 110,
    }),
    column.accessor("ordersn", {
      header: t("exceptions.order"),
      cell: ({ row }) => <span className="font-mono">{row.original.ordersn ?? "–"}</span>,
      size: 170,
      maxSize: 170,
    }),
    column.accessor("created_at", {
      header: t("exceptions.age"),
      cell: ({ row }) => <span title={time(row.original.created_at)}>{age(row.original.created_at)}</span>,
      size: 130,
      maxSize: 130,
    }),
    column.accessor("message", {
      header: t("exceptions.what"),
      cell: ({ row }) => row.original.message,
      size: 360,
      maxSize: 360,
    }),
  ]
}

function useFilters() {
  const { t } = useTranslation(NAMESPACE)
  return [
    filter.accessor("status", {
      type: "radio",
      label: t("exceptions.statusLabel"),
      options: STATUSES.map((status) => ({ value: status, label: t(`exceptions.state_${status}`) })),
    }),
    filter.accessor("error_class", {
      type: "multiselect",
      label: t("exceptions.class"),
      options: ERROR_CLASSES.map((name) => ({ value: name, label: t(`errorClass.${name}`) })),
    }),
  ]
}

const RetryMany = ({ classes }: { classes: ErrorClassName[] }) => {
  const { t } = useTranslation(NAMESPACE)
  const toasts = useOutcomeToasts()
  const ask = usePrompt()
  const { mutate, isPending } = useRetryExceptions()
  const all = classes.length === 0
  const names = classes.map((name) => t(`errorClass.${name}`)).join(", ")
  const label = all ? t("exceptions.retryAll") : t("exceptions.retryClasses", { classes: names })

  const retry = async () => {
    const agreed = await ask({
      variant: "confirmation",
      title: label,
      description: all ? t("exceptions.retryAllText") : t("exceptions.retryClassesText", { classes: names }),
      confirmText: t("exceptions.retry"),
    })
    if (agreed) {
      mutate(all ? null : classes, { onSuccess: toasts.retried, onError: toasts.refused })
    }
  }
  return (
    <Button
      size="small"
      variant="secondary"
      isLoading={isPending}
      onClick={() => void retry()}
      className="max-w-80 shrink-0"
    >
      <span className="truncate">{label}</span>
    </Button>
  )
}

/** What is open, of one class when the overview sends somebody here with `?error_class=`. */
function beginWith(address: URLSearchParams): DataTableFilteringState {
  const classes = chosen(address.get("error_class"), ERROR_CLASSES)
  return { status: "open", ...(classes.length > 0 && { error_class: classes }) }
}

/** What the connectors could not do by themselves: a list, and what to do for each. Alerts link here with `?id=`. */
const ExceptionsPage = () => {
  const { t } = useTranslation(NAMESPACE)
  const [address, setAddress] = useSearchParams()
  const [filtering, setFiltering] = useState<DataTableFilteringState>(() => beginWith(address))
  const [pagination, setPagination] = useState({ pageIndex: 0, pageSize: PAGE_SIZE })
  const classes = chosen(filtering.error_class, ERROR_CLASSES)
  const { data, isPending, isError, refetch } = useExceptions({
    statuses: chosen(filtering.status, STATUSES),
    classes,
    limit: pagination.pageSize,
    offset: pagination.pageIndex * pagination.pageSize,
  })
  const show = (id: string | null) =>
    setAddress((before) => {
      const after = new URLSearchParams(before)
      if (id === null) {
        after.delete("id")
      } else {
        after.set("id", id)
      }
      return after
    })

  const table = useDataTable<ExceptionView>({
    data: data?.exceptions ?? [],
    columns: useColumns(),
    filters: useFilters(),
    getRowId: ({ id }) => id,
    rowCount: data?.count ?? 0,
    isLoading: isPending,
    filtering: { state: filtering, onFilteringChange: setFiltering },
    pagination: { state: pagination, onPaginationChange: setPagination },
    onRowClick: (_event, row) => show(clickedRow<ExceptionView>(row).id),
  })
  const onlyOpen = filtering.status === "open" && classes.length === 0
  const nothing = onlyOpen
    ? { heading: t("exceptions.none"), description: t("exceptions.noneText") }
    : { heading: t("exceptions.noMatch"), description: t("exceptions.noMatchText") }
  return (
    <Container className="divide-y p-0" data-testid="connector-exceptions">
      {isError && !data ? (
        <>
          <Heading className="px-6 py-4">{t("exceptions.title")}</Heading>
          <LoadFailure text={t("exceptions.failed")} again={t("exceptions.tryAgain")} onRetry={() => void refetch()} />
        </>
      ) : (
        <DataTable instance={table}>
          <DataTable.Toolbar className="flex items-center justify-between gap-x-4">
            <div className="min-w-0">
              <Heading>{t("exceptions.title")}</Heading>
              <Text size="small" className="text-ui-fg-subtle">
                {t("exceptions.subtitle")}
              </Text>
            </div>
            <div className="flex items-center gap-x-2">
              <DataTable.FilterMenu />
              <RetryMany classes={classes} />
            </div>
          </DataTable.Toolbar>
          <DataTable.Table emptyState={{ empty: nothing, filtered: nothing }} />
          <DataTable.Pagination />
        </DataTable>
      )}
      <ExceptionDrawer id={address.get("id")} onClose={() => show(null)} />
    </Container>
  )
}

export const handle = { breadcrumb: () => <Breadcrumb text="exceptions.title" /> }

export const config = defineRouteConfig({
  label: "exceptions.menu",
  // The build reads this without running it: only a literal is seen.
  translationNs: "connectors",
  icon: ExclamationCircle,
  rank: 1,
})

export default ExceptionsPage
