import { isDataType } from "../../value/data-type.ts";
import { isJsonObject, type Json, type JsonObject } from "../../value/json.ts";
import { OPERATORS } from "../chain.ts";
import type { Finding } from "../finding.ts";
import { HANDLER_SPECS } from "../handler-spec.ts";
import { memberPath } from "../json-path.ts";
import type { Field, FieldValue, ShapeName } from "./field.ts";
import { FIELDS } from "./fields.ts";
import { meantField } from "./meant-field.ts";
import { canonicalHandler, matchKeys, wireName } from "./spelling.ts";

/** What a field holds once it was read. Absent: nothing was given, or nothing that can be used. */
type Decoded = Json | undefined;

/** Reads a value of the kind. `json` is plain and frozen; null is the same as nothing. Reports what has the wrong type and leaves it out. */
export function decodeValue(kind: FieldValue, json: Json, path: string, findings: Finding[]): Decoded {
  switch (kind.is) {
    case "text":
      if (kind.schemaToo && isJsonObject(json)) return json;
      if (kind.numbersToo && typeof json === "number") return numberAsText(json, path, findings);
      if (typeof json !== "string")
        return wrongType(kind.schemaToo ? "a data type or a JSON Schema" : "text", json, path, findings);
      return kind.anyCase ? dataTypeName(json) : json;
    case "schema":
      return isJsonObject(json) ? json : wrongType("a JSON Schema, which is an object", json, path, findings);
    case "boolean":
      if (json === "true" || json === "false") return wrongType("true or false", json, path, findings, json);
      return typeof json === "boolean" ? json : wrongType("true or false", json, path, findings);
    case "number":
      return typeof json === "number" ? json : wrongType("a number", json, path, findings);
    case "integer":
      return Number.isSafeInteger(json) ? json : wrongType("a whole number", json, path, findings);
    case "texts":
      return decodeList({ is: "text" }, json, path, findings);
    case "shapes":
      return decodeList({ is: "shape", shape: kind.shape }, json, path, findings);
    case "shape":
      return decodeShape(kind.shape, json, path, findings);
    case "map":
      return decodeMap(kind.of, json, path, findings);
  }
}

function decodeList(of: FieldValue, json: Json, path: string, findings: Finding[]): Decoded {
  if (!Array.isArray(json)) return wrongType(listOf(of, json), json, path, findings);
  // An empty value stands for what cannot be read, so that the others keep their places in findings.
  const items = json.map((item: Json, index) => {
    const decoded = item === null ? undefined : decodeValue(of, item, memberPath(path, index), findings);
    return decoded ?? emptyValue(of);
  });
  return Object.freeze(items);
}

/** By id is how code may write them. */
function listOf(of: FieldValue, json: Json): string {
  const isById = of.is === "shape" && of.shape === "task" && isJsonObject(json);
  const [id] = isById ? Object.keys(json) : [];
  return id === undefined ? "a list" : `a list of tasks, each with its \`id\`: [{ "id": ${JSON.stringify(id)}, … }]`;
}

function decodeMap(of: "boolean" | "json" | "dataType", json: Json, path: string, findings: Finding[]): Decoded {
  if (!isJsonObject(json)) return wrongType("an object", json, path, findings);
  const entries: [string, Json][] = [];
  for (const [key, item] of Object.entries(json)) {
    const decoded = decodeMember(of, item, memberPath(path, key), findings);
    if (decoded !== undefined) entries.push([key, decoded]);
  }
  return Object.freeze(Object.fromEntries(entries));
}

function decodeMember(of: "boolean" | "json" | "dataType", json: Json, path: string, findings: Finding[]): Decoded {
  if (of === "json") return json ?? "";
  if (of === "boolean") return json === null ? false : decodeValue({ is: "boolean" }, json, path, findings);
  return json === null ? "any" : decodeValue({ is: "text", anyCase: true }, json, path, findings);
}

function decodeShape(shape: ShapeName, json: Json, path: string, findings: Finding[]): Decoded {
  if (!isJsonObject(json)) return wrongType("an object", json, path, findings);
  const { keyOf, others } = matchKeys(shape, json);
  const entries: [string, Json][] = [];
  const names = new Set<string>();
  const fields: readonly Field[] = FIELDS[shape];
  for (const field of fields) {
    const given = json[keyOf.get(field) ?? ""];
    if (keyOf.has(field) && given !== undefined && given !== null) names.add(field.name);
    const value =
      keyOf.has(field) && given !== undefined ? decodeField(shape, field, given, path, findings) : undefined;
    const held = value === undefined && field.required ? emptyValue(field.value) : value;
    if (held !== undefined) entries.push([field.name, held]);
  }
  const extra = others.map(({ key }): [string, Json] => [key, json[key] ?? null]);
  if (extra.length > 0) entries.push(["extra", Object.freeze(Object.fromEntries(extra))]);
  const decoded = Object.freeze(Object.fromEntries(entries));
  findings.push(...missingParts(shape, decoded, names, path));
  for (const { key, shadowedBy } of others) {
    if (shadowedBy === undefined && (takesAnyField(shape, decoded) || isForEditors(shape, key))) continue;
    findings.push(unknownField(shape, key, json[key] ?? null, shadowedBy, path));
  }
  return decoded;
}

function decodeField(shape: ShapeName, field: Field, json: Json, path: string, findings: Finding[]): Decoded {
  if (json === null) return undefined;
  const value = decodeValue(field.value, json, memberPath(path, wireName(field.name)), findings);
  if (value === undefined || (!field.required && saysNothing(field, value))) return undefined;
  return shape === "task" && field.name === "handler" && typeof value === "string" ? canonicalHandler(value) : value;
}

function saysNothing(field: Field, value: Json): boolean {
  if (value === "") return true;
  if (!field.emptyIsAbsent) return false;
  return (
    value === false || value === 0 || (value !== null && typeof value === "object" && Object.keys(value).length === 0)
  );
}

function emptyValue(kind: FieldValue): Json {
  if (kind.is === "text") return "";
  if (kind.is === "integer" || kind.is === "number") return 0;
  if (kind.is === "boolean") return false;
  if (kind.is === "shapes" || kind.is === "texts") return Object.freeze([]);
  return kind.is === "shape" ? (decodeShape(kind.shape, {}, "$", []) ?? null) : Object.freeze({});
}

/** What is read as its empty value where nothing was written, and hardly meant. Only here is it seen that nothing was. */
function missingParts(
  shape: ShapeName,
  decoded: JsonObject,
  names: ReadonlySet<string>,
  path: string,
): readonly Finding[] {
  const at = (field: string) =>
    ({ severity: "warning", code: "missing_field", path: memberPath(path, field) }) as const;
  if (shape === "retry" && !names.has("max") && names.size > 0)
    return [{ ...at("max"), message: "expected how often to try again, got nothing, so it is never tried again" }];
  if (shape !== "branch") return [];
  const message =
    "expected where the branch leads, got nothing, which is read as the end; write `end` where that is meant";
  return [
    ...(names.has("when") ? [] : missingWhen(decoded, path)),
    ...(names.has("goto") ? [] : [{ ...at("goto"), message }]),
  ];
}

/** Nothing is compared with as the empty text, as contenox/runtime does. */
function missingWhen({ operator }: JsonObject, path: string): readonly Finding[] {
  if (operator === "default" || !OPERATORS.some((known) => known === operator)) return [];
  const isTextual = operator === "equals" || operator === "contains" || `${operator}`.endsWith("_with");
  const message = isTextual
    ? `expected what \`${operator}\` compares with, got nothing, which is read as the empty text; write \`""\` where that is meant`
    : `expected ${operator === "in_range" ? "bounds such as `1-10`" : "a number"} that \`${operator}\` compares with, got nothing, so the branch never matches`;
  return [{ severity: "warning", code: "missing_field", path: memberPath(path, "when"), message }];
}

/** A custom handler may read fields that nobody else knows. */
function takesAnyField(shape: ShapeName, decoded: JsonObject): boolean {
  if (shape !== "task" || decoded.handler === "") return false;
  return !HANDLER_SPECS.some((spec) => spec.name === decoded.handler);
}

/** Says to an editor which schema the file has. It is kept, and means nothing to us. */
function isForEditors(shape: ShapeName, key: string): boolean {
  return shape === "chain" && key === "$schema";
}

function unknownField(
  shape: ShapeName,
  key: string,
  value: Json,
  shadowedBy: string | undefined,
  path: string,
): Finding {
  const at = { severity: "warning", code: "unknown_field", path: memberPath(path, key) } as const;
  if (shadowedBy !== undefined) {
    const message = `\`${key}\` means the same field as \`${shadowedBy}\`, which is taken; remove \`${key}\``;
    return { ...at, message };
  }
  const meant = meantField(shape, key, value);
  const advice = meant?.advice === undefined ? "" : `: ${meant.advice}`;
  const message = `expected a field of ${SHAPE_WORDS[shape]}, got \`${key}\`; it is kept, and nothing reads it${advice}`;
  return { ...at, message, ...(meant !== undefined && { suggestion: meant.suggestion }) };
}

const SHAPE_WORDS: Readonly<Record<ShapeName, string>> = {
  chain: "a chain",
  task: "a task",
  executeConfig: "`execute_config`",
  routing: "`routing`",
  hook: "`hook`",
  compose: "`compose`",
  transition: "`transition`",
  branch: "a branch",
  retry: "`retry`",
};

function numberAsText(json: number, path: string, findings: Finding[]): string {
  const text = String(json);
  const message = `expected text, got the number ${text}; it is read as "${text}", and contenox/runtime refuses it`;
  findings.push({ severity: "warning", code: "wrong_type", path, message, suggestion: JSON.stringify(text) });
  return text;
}

/** Names of data types are read in any case. Others stay as they came, to be reported as written. */
function dataTypeName(text: string): string {
  const lower = text.toLowerCase();
  return isDataType(lower) ? lower : text;
}

function wrongType(expected: string, json: Json, path: string, findings: Finding[], meant?: string): undefined {
  const message = `expected ${expected}, got ${describe(json)}`;
  const suggestion = meant === undefined ? {} : { suggestion: meant };
  findings.push({ severity: "error", code: "wrong_type", path, message, ...suggestion });
  return undefined;
}

/** Says what came without quoting it: a value may be a secret in the wrong place. */
function describe(json: Json): string {
  if (json === null) return "null";
  if (Array.isArray(json)) return "a list";
  if (typeof json === "object") return "an object";
  if (typeof json === "string") return "text";
  return typeof json === "number" ? `the number ${json}` : `${json}`;
}
