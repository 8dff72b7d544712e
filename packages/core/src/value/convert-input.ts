import { InputError } from "../errors/input-error.ts";
import { asJson } from "./as-json.ts";
import { checkJson } from "./check-json.ts";
import { convertChatHistory } from "./convert-chat-history.ts";
import { convertOpenAIChat } from "./convert-openai-chat.ts";
import { convertOpenAIChatResponse } from "./convert-openai-chat-response.ts";
import { convertBool, convertFloat, convertInt, convertText } from "./convert-scalar.ts";
import { convertSearchResults } from "./convert-search-results.ts";
import { convertVector } from "./convert-vector.ts";
import { DATA_TYPES, type DataType, isDataType } from "./data-type.ts";
import type { Json } from "./json.ts";
import { suggest } from "./suggest.ts";
import type { TypedValue } from "./typed-value.ts";

const converters: { readonly [type in DataType]: (raw: unknown) => Json } = {
  any: (raw) => checkJson(raw, "$"),
  json: (raw) => checkJson(raw, "$"),
  string: convertText,
  bool: convertBool,
  int: convertInt,
  float: convertFloat,
  vector: convertVector,
  search_results: (raw) => asJson(convertSearchResults(raw)),
  chat_history: (raw) => asJson(convertChatHistory(raw)),
  openai_chat: (raw) => asJson(convertOpenAIChat(raw)),
  openai_chat_response: (raw) => asJson(convertOpenAIChatResponse(raw)),
};

/**
 * What a caller gave, as a value of the declared type. Missing and null are the type's empty value: `""`, 0, false, `[]`, null for
 * `json` and `any`, a history or request without messages. What would lose something in the conversion (`"abc"` or 2.9 as int,
 * `"yes"` as bool) or has another shape is an `InputError` that names its JSON path. The given value is never changed.
 */
export function convertInput(raw: unknown, type: DataType): TypedValue {
  // The type may come from a request or from JavaScript, where nothing checked it.
  if (!isDataType(type)) throw unknownType(type);
  return { type, value: raw === undefined || raw === null ? emptyValue(type) : converters[type](raw) };
}

function unknownType(type: string): InputError {
  const meant = suggest(String(type), DATA_TYPES);
  const hint = meant === undefined ? `expected one of ${DATA_TYPES.join(", ")}` : `did you mean ${meant}?`;
  return new InputError(`there is no data type ${JSON.stringify(type)}: ${hint}`, { type });
}

function emptyValue(type: DataType): Json {
  switch (type) {
    case "string":
      return "";
    case "bool":
      return false;
    case "int":
    case "float":
      return 0;
    case "vector":
    case "search_results":
      return [];
    case "any":
    case "json":
      return null;
    default:
      return converters[type]({});
  }
}
