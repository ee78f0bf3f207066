import { PencilSquare, Trash } from "@medusajs/icons"
import {
  Button,
  Container,
  createDataTableColumnHelper,
  DataTable,
  Heading,
  Text,
  toast,
  useDataTable,
  usePrompt,
} from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { SkuMappingView } from "../../../modules/connectors/shopee/types/desk"
import { useFormats } from "../../lib/formats"
import { NAMESPACE } from "../../lib/namespace"
import { useOutcomeToasts } from "../../lib/outcome-toasts"
import { useDeleteMapping, useSkuMappings } from "../../lib/sku-mapping"
import { LoadFailure } from "../load-failure"
import { MappingDrawer } from "./mapping-drawer"

const PAGE_SIZE = 10

const column = createDataTableColumnHelper<SkuMappingView>()

const Sold = ({ variant }: Pick<SkuMappingView, "variant">) => {
  const { t } = useTranslation(NAMESPACE)
  return variant === null ? (
    <span className="text-ui-fg-error">{t("settings.variantGone")}</span>
  ) : (
    <Link
      to={`/products/${variant.product_id}`}
      className="text-ui-fg-interactive hover:text-ui-fg-interactive-hover block truncate"
    >
      {variant.product_title} · {variant.title}
    </Link>
  )
}

function useColumns(actions: {
  onChange: (mapping: SkuMappingView) => void
  onDelete: (mapping: SkuMappingView) => void
}) {
  const { t } = useTranslation(NAMESPACE)
  const { age, time } = useFormats()
  return [
    column.accessor("shop_id", { header: t("settings.shopLabel"), size: 95, maxSize: 95 }),
    column.accessor("item_id", {
      header: t("settings.item"),
      cell: ({ row }) => <span className="font-mono">{row.original.item_id}</span>,
      size: 160,
      maxSize: 160,
    }),
    column.accessor("model_id", {
      header: t("settings.model"),
      cell: ({ row }) => (
        <span className="font-mono">{row.original.model_id === "0" ? "–" : row.original.model_id}</span>
      ),
      size: 150,
      maxSize: 150,
    }),
    column.accessor("variant", {
      header: t("settings.sells"),
      cell: ({ row }) => <Sold variant={row.original.variant} />,
      size: 225,
      maxSize: 225,
    }),
    column.accessor("pieces_per_unit", {
      header: t("settings.pieces"),
      align: "right",
      cell: ({ row }) => <span className="tabular-nums">{row.original.pieces_per_unit}</span>,
      size: 80,
      maxSize: 80,
    }),
    column.accessor("decided_by", {
      header: t("settings.decidedBy"),
      cell: ({ row }) => row.original.decided_by ?? "–",
      size: 170,
      maxSize: 170,
    }),
    column.accessor("decided_at", {
      header: t("settings.decidedAt"),
      cell: ({ row }) => <span title={time(row.original.decided_at)}>{age(row.original.decided_at)}</span>,
      size: 110,
      maxSize: 110,
    }),
    column.action({
      actions: ({ row }) => [
        { label: t("settings.change"), icon: <PencilSquare />, onClick: () => actions.onChange(row.original) },
        { label: t("settings.delete"), icon: <Trash />, onClick: () => actions.onDelete(row.original) },
      ],
    }),
  ]
}

function useDeletion(): (mapping: SkuMappingView) => Promise<void> {
  const { t } = useTranslation(NAMESPACE)
  const toasts = useOutcomeToasts()
  const ask = usePrompt()
  const { mutate } = useDeleteMapping()
  return async ({ id, item_id: item }) => {
    const agreed = await ask({
      title: t("settings.deleteMapping"),
      description: t("settings.deleteMappingText", { item }),
      confirmText: t("settings.delete"),
      cancelText: t("settings.cancel"),
    })
    if (agreed) {
      mutate(id, { onSuccess: () => toast.success(t("settings.mappingDeleted")), onError: toasts.refused })
    }
  }
}

/** What people decided that Shopee's listings sell, for those whose SKU can't be put right on Shopee. */
export const MappingsCard = ({ shops }: { shops: string[] }) => {
  const { t } = useTranslation(NAMESPACE)
  const [edited, setEdited] = useState<SkuMappingView | "new" | null>(null)
  const [search, setSearch] = useState("")
  const [pagination, setPagination] = useState({ pageIndex: 0, pageSize: PAGE_SIZE })
  const { data, isPending, isError, refetch } = useSkuMappings({
    search,
    limit: pagination.pageSize,
    offset: pagination.pageIndex * pagination.pageSize,
  })
  const remove = useDeletion()
  const table = useDataTable<SkuMappingView>({
    data: data?.sku_mappings ?? [],
    columns: useColumns({ onChange: setEdited, onDelete: (mapping) => void remove(mapping) }),
    getRowId: ({ id }) => id,
    rowCount: data?.count ?? 0,
    isLoading: isPending,
    search: { state: search, onSearchChange: setSearch },
    pagination: { state: pagination, onPaginationChange: setPagination },
  })
  return (
    <Container className="divide-y p-0" data-testid="sku-mappings">
      <DataTable instance={table}>
        <DataTable.Toolbar className="flex items-center justify-between gap-x-4">
          <div className="min-w-0">
            <Heading level="h2">{t("settings.mappings")}</Heading>
            <Text size="small" className="text-ui-fg-subtle">
              {t("settings.mappingsText")}
            </Text>
          </div>
          <div className="flex shrink-0 items-center gap-x-2">
            <DataTable.Search placeholder={t("settings.searchItem")} />
            <Button size="small" variant="secondary" disabled={shops.length === 0} onClick={() => setEdited("new")}>
              {t("settings.add")}
            </Button>
          </div>
        </DataTable.Toolbar>
        {isError && !data ? (
          <LoadFailure
            text={t("settings.mappingsFailed")}
            again={t("settings.tryAgain")}
            onRetry={() => void refetch()}
          />
        ) : (
          <>
            <DataTable.Table
              emptyState={{
                empty: { heading: t("settings.noMappings"), description: t("settings.noMappingsText") },
                filtered: { heading: t("settings.noMatch"), description: t("settings.noMatchText") },
              }}
            />
            {(data?.count ?? 0) > PAGE_SIZE && <DataTable.Pagination />}
          </>
        )}
      </DataTable>
      <MappingDrawer mapping={edited} shops={shops} onClose={() => setEdited(null)} />
    </Container>
  )
}
