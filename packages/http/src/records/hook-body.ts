import { type HookDefinition, type NamedHook, type RemoteHook, remoteHook } from "@catenary/core";
import { z } from "zod";
import { madeBody, madeFields, madeInput, needing } from "./made-body.ts";
import { MASK } from "./mask.ts";
import type { Row } from "./rows.ts";

const retries = z.object({ max: z.number(), backoffMs: z.number().optional() });

export const hookBodySchema = z.object({
  id: z.string(),
  name: z.string(),
  endpointUrl: z.string(),
  method: z.string(),
  timeoutMs: z.number(),
  headers: z.record(z.string(), z.string()).optional(),
  protocolType: z.string(),
  retries: retries.optional(),
  maxResponseBytes: z.number().optional().describe("Where it is another one than the default"),
  ...madeFields,
});

const PROTOCOLS = [
  "openai",
  "openai-object",
  "ollama",
  "langserve",
  "langserve-openai",
] as const satisfies readonly RemoteHook["protocol"][];

const inputFields = {
  ...madeInput,
  name: z.string().optional(),
  endpointUrl: z.string().optional(),
  method: z.string().optional(),
  timeoutMs: z.int().meta({ minimum: 1 }).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  protocolType: z
    .string()
    .meta({ enum: [...PROTOCOLS] })
    .optional(),
  /** Further requests after a failure that may pass. */
  retries: retries.optional(),
  maxResponseBytes: z.int().optional().describe("A longer answer fails the call. Default 10 MiB"),
};

export const hookInput = needing(inputFields, ["name", "endpointUrl", "method", "timeoutMs", "protocolType"]);

export type HookInput = z.infer<typeof hookInput>;

/** A row of a hook behind an address. */
export type RemoteRow = Row<NamedHook> & { readonly value: { readonly name: string; readonly hook: RemoteHook } };

export function isRemoteRow(row: Row<NamedHook>): row is RemoteRow {
  return isRemote(row.value.hook);
}

const MOST_BYTES = remoteHook({ url: "http://127.0.0.1" }).maxResponseBytes;

/** Clients compare the headers and the address with those that they gave, so an operator is given them whole; nobody else is. */
export function hookBody(row: RemoteRow, isOperator: boolean): z.infer<typeof hookBodySchema> {
  const { url, method, timeoutMs, headers, protocol, retries: declared, maxResponseBytes } = row.value.hook;
  const shown = Object.entries(headers).map(([name, value]) => [name, isOperator ? value : MASK] as const);
  return {
    id: row.id,
    name: row.value.name,
    endpointUrl: isOperator ? url : withoutSecrets(url),
    method,
    timeoutMs,
    ...(shown.length > 0 && { headers: Object.fromEntries(shown) }),
    protocolType: protocol,
    ...(declared !== undefined && { retries: declared }),
    ...(maxResponseBytes !== MOST_BYTES && { maxResponseBytes }),
    ...madeBody(row),
  };
}

/** A name and a password, and what a query may hold. */
export function withoutSecrets(url: string): string {
  return url.replace(/\/\/[^/?#]*@/, "//").replace(/[?#].*$/s, "");
}

function isRemote(hook: HookDefinition): hook is RemoteHook {
  return typeof hook === "object" && "kind" in hook;
}
