import { isRecord } from "../is-record.ts";
import { type JsonBody, records } from "../json-body.ts";

/** What a model on a fake Gemini server is asked. */
export interface FakeGeminiQuestion {
  readonly model: string;
  /** The system instruction. */
  readonly system: string;
  readonly contents: readonly { readonly role: string; readonly text: string }[];
  /** The last thing that was said; of a tool's result, what it says. */
  readonly text: string;
  /** Whether the last thing is a tool's result. */
  readonly isToolResult: boolean;
  /** Those that may be called. */
  readonly tools: readonly { readonly name: string; readonly parameters: unknown }[];
  /** The JSON Schema that the answer must obey; `{}` where it only must be JSON. */
  readonly schema: unknown;
  /** The whole request. */
  readonly body: JsonBody;
}

export function toQuestion(model: string, body: JsonBody): FakeGeminiQuestion {
  const contents = records(body.contents);
  const read = contents.map((content) => ({ role: String(content.role ?? "user"), text: textOf(content) }));
  return {
    model,
    system: textOf(record(body.systemInstruction ?? body.system_instruction)),
    contents: read,
    text: read.at(-1)?.text ?? "",
    isToolResult: partsOf(record(contents.at(-1))).some((part) => "functionResponse" in part),
    tools: toolsOf(body),
    schema: schemaOf(record(body.generationConfig)),
    body,
  };
}

/** The words of a `Content`, and the results of tools in it. */
export function textOf(content: JsonBody): string {
  return partsOf(content)
    .map(({ text, functionResponse }) => {
      if (typeof text === "string") return text;
      const { response } = record(functionResponse);
      return response === undefined ? "" : JSON.stringify(record(response).content ?? response);
    })
    .join("");
}

function partsOf({ parts }: JsonBody): JsonBody[] {
  return records(parts);
}

function toolsOf({ tools, toolConfig }: JsonBody): FakeGeminiQuestion["tools"] {
  const { mode, allowedFunctionNames } = record(record(toolConfig).functionCallingConfig);
  if (mode === "NONE") return [];
  const allowed = Array.isArray(allowedFunctionNames) ? new Set<unknown>(allowedFunctionNames) : undefined;
  return records(tools)
    .flatMap(({ functionDeclarations }) => records(functionDeclarations))
    .filter(({ name }) => allowed === undefined || allowed.has(name))
    .map(({ name, parametersJsonSchema, parameters }) => ({
      name: String(name),
      parameters: parametersJsonSchema ?? parameters,
    }));
}

function schemaOf({ responseMimeType, responseJsonSchema, responseSchema }: JsonBody): unknown {
  return responseMimeType === "application/json" ? (responseJsonSchema ?? responseSchema ?? {}) : undefined;
}

export function record(value: unknown): JsonBody {
  return isRecord(value) ? value : {};
}
