import { isRecord } from "./is-record.ts";

/** A JSON object of which nothing else is known. */
export type JsonBody = Readonly<Record<string, unknown>>;

/** The JSON object in a request, where there is one. */
export async function readBody(request: Request): Promise<JsonBody | undefined> {
  try {
    const body: unknown = await request.json();
    return isRecord(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** The objects of a list; none where it is no list. */
export function records(value: unknown): JsonBody[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The functions among tools in OpenAI's shape, which Ollama has too. */
export function functionsOf(tools: unknown): { readonly name: string; readonly parameters: unknown }[] {
  return records(tools)
    .map((tool) => tool.function)
    .filter(isRecord)
    .map(({ name, parameters }) => ({ name: String(name), parameters }));
}
