import type { MedusaContainer } from "@medusajs/framework/types"
import type ShopeeConnectorService from "../service"
import { measureActivity } from "../sql/measure-activity"
import type { ShopeeActivityAnswer } from "../types/desk"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { timestamp } from "./json-values"

/** What happened in the last hours. */
export async function readActivity(container: MedusaContainer, hours: number): Promise<ShopeeActivityAnswer> {
  const measured = await container
    .resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
    .run((sql) => measureActivity(sql, hours))
  return { hours: measured.map((measure) => ({ ...measure, hour: timestamp(measure.hour) })) }
}
