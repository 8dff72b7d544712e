import type { Chain } from "../chain/chain.ts";
import type { Finding } from "../chain/finding.ts";
import { parseChain } from "../chain/parse-chain.ts";
import { DATA_TYPES, type DataType, isDataType } from "../value/data-type.ts";
import { isJsonObject, type JsonObject } from "../value/json.ts";
import { suggest } from "../value/suggest.ts";

/** A chain together with what to run it on, as files and requests have it. */
export interface RunRequest {
  /** Absent if and only if there is a finding of severity `error`. */
  readonly chain?: Chain;
  /** Undefined where the request has none. */
  readonly input?: unknown;
  readonly inputType?: DataType;
  readonly findings: readonly Finding[];
}

/**
 * Reads `{ input, inputType, chain }`, the envelope in which contenox/runtime takes chains, or a bare chain. Names of the
 * envelope are read in any case. Paths in findings begin at the envelope where there is one. Never throws.
 */
export function parseRunRequest(json: unknown): RunRequest {
  const envelope = isJsonObject(json) ? envelopeOf(json) : undefined;
  if (envelope?.chain === undefined) return parseChain(json);
  const { chain, findings } = parseChain(envelope.chain);
  const { input, inputType } = envelope;
  const located = findings.map((finding) => ({ ...finding, path: finding.path.replace("$", "$.chain") }));
  const type = typeof inputType === "string" ? inputType.toLowerCase() : "";
  const wrongType = inputType !== undefined && inputType !== null && !isDataType(type) ? [unknownType(inputType)] : [];
  return {
    ...(chain !== undefined && wrongType.length === 0 && { chain }),
    ...(input !== undefined && { input }),
    ...(isDataType(type) && { inputType: type }),
    findings: [...wrongType, ...located],
  };
}

function envelopeOf(json: JsonObject): {
  readonly chain?: unknown;
  readonly input?: unknown;
  readonly inputType?: unknown;
} {
  const named = new Map(Object.entries(json).map(([name, value]) => [name.toLowerCase().replaceAll("_", ""), value]));
  return { chain: named.get("chain"), input: named.get("input"), inputType: named.get("inputtype") };
}

function unknownType(inputType: unknown): Finding {
  const meant = suggest(String(inputType), DATA_TYPES);
  return {
    severity: "error",
    code: "unknown_data_type",
    path: "$.inputType",
    message: `there is no data type ${JSON.stringify(inputType)}; there are: ${DATA_TYPES.join(", ")}`,
    ...(meant !== undefined && { suggestion: meant }),
  };
}
