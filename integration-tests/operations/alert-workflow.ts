import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { runInNewContext } from "node:vm"
import { z } from "@medusajs/framework/zod"

/** The n8n workflow that the operator imports. */
export const ALERT_WORKFLOW_FILE = resolve(
  __dirname,
  "../../homelab/homelab/04_n8n_workflows/shopee-alert-formatter.json"
)

const nodeSchema = z.object({
  name: z.string(),
  type: z.string(),
  typeVersion: z.number(),
  parameters: z.record(z.string(), z.unknown()),
  credentials: z.record(z.string(), z.object({ id: z.string(), name: z.string() })).optional(),
})

const workflowSchema = z.object({
  id: z.string(),
  name: z.string(),
  active: z.boolean(),
  nodes: z.array(nodeSchema),
  connections: z.record(
    z.string(),
    z.object({ main: z.array(z.array(z.object({ node: z.string(), type: z.literal("main"), index: z.number() }))) })
  ),
})

export type AlertWorkflow = z.infer<typeof workflowSchema>
export type WorkflowNode = z.infer<typeof nodeSchema>

/** Reads the workflow as it is committed. @throws ZodError when it isn't one */
export function readAlertWorkflow(): AlertWorkflow {
  return workflowSchema.parse(JSON.parse(readFileSync(ALERT_WORKFLOW_FILE, "utf8")))
}

/** The only node of a type. @throws Error when there is none, or several */
export function nodeOfType({ nodes }: AlertWorkflow, type: string): WorkflowNode {
  const [node, ...others] = nodes.filter((candidate) => candidate.type === type)
  if (!node || others.length > 0) {
    throw new Error(`The workflow has ${node ? "several nodes" : "no node"} of type ${type}.`)
  }
  return node
}

/**
 * Runs the workflow's Code node on the body of a POST, in a context that has nothing but the language, as n8n's own has.
 *
 * @returns the text for Telegram
 * @throws whatever the node throws
 */
export function formatAlert(body: unknown): string {
  const { jsCode } = nodeOfType(readAlertWorkflow(), "n8n-nodes-base.code").parameters
  const $input = { first: () => ({ json: { headers: {}, params: {}, query: {}, body } }) }
  const items: unknown = runInNewContext(`(() => {\n${String(jsCode)}\n})()`, { $input }, { timeout: 5_000 })
  const [item] = z.tuple([z.object({ json: z.object({ text: z.string() }) })]).parse(structuredClone(items))
  return item.json.text
}
