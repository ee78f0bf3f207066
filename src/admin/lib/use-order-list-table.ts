import { type DataTableFilteringState, useDataTable } from "@medusajs/ui"
import { useNavigate } from "react-router-dom"
import { knownValue, type Sequence } from "./address-values"
import { clickedRow } from "./clicked-row"

type TableOptions<Row> = Parameters<typeof useDataTable<Row>>[0]

/** What the address of every such list holds, beside filters of its own. */
interface ListChoice<Sort extends string> extends Sequence<Sort> {
  search: string
  /** The first one is 0. */
  page: number
}

interface OrderListTable<Row, Sort extends string, Choice> extends Pick<
  TableOptions<Row>,
  "columns" | "filters" | "isLoading"
> {
  choice: Choice
  onChoose: (after: Choice) => void
  /** The rows of the page that is shown; undefined until they are there. */
  rows: Row[] | undefined
  /** Of all pages. */
  count: number | undefined
  pageSize: number
  /** The first one is the usual one. */
  sorts: readonly [Sort, ...Sort[]]
  /** The filters of a choice, by the field of a row. */
  toFiltering: (choice: Choice) => DataTableFilteringState
  /** The choice with filters that were set in the table, at its first page. */
  filter: (before: Choice, filtering: DataTableFilteringState) => Choice
}

/** A table whose rows are about one order each and lead to it, and whose search, filters, sequence and page are a choice that is kept elsewhere. */
export function useOrderListTable<
  Row extends { shop_id: string; ordersn: string },
  Sort extends string,
  Choice extends ListChoice<Sort>,
>({
  choice,
  onChoose,
  rows,
  count,
  pageSize,
  sorts,
  toFiltering,
  filter,
  ...options
}: OrderListTable<Row, Sort, Choice>): ReturnType<typeof useDataTable<Row>> {
  const navigate = useNavigate()
  return useDataTable<Row>({
    ...options,
    data: rows ?? [],
    getRowId: ({ shop_id, ordersn }) => `${shop_id}:${ordersn}`,
    rowCount: count ?? 0,
    search: { state: choice.search, onSearchChange: (search) => onChoose({ ...choice, search, page: 0 }) },
    filtering: { state: toFiltering(choice), onFilteringChange: (after) => onChoose(filter(choice, after)) },
    sorting: {
      state: { id: choice.sort, desc: choice.descending },
      onSortingChange: (sorting) =>
        onChoose({
          ...choice,
          sort: knownValue(sorting?.id ?? null, sorts) ?? sorts[0],
          descending: sorting?.desc ?? true,
          page: 0,
        }),
    },
    pagination: {
      state: { pageIndex: choice.page, pageSize },
      onPaginationChange: ({ pageIndex }) => onChoose({ ...choice, page: pageIndex }),
    },
    // The page is set back with what is chosen, in one step: two changes of the address at once would undo each other.
    autoResetPageIndex: false,
    onRowClick: (_event, row) => navigate(`/connectors/orders/${encodeURIComponent(clickedRow<Row>(row).ordersn)}`),
  })
}
