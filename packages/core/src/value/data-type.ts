/** The declared kinds of value that a chain passes from task to task. */
export const DATA_TYPES = [
  "any",
  "string",
  "bool",
  "int",
  "float",
  "vector",
  "search_results",
  "json",
  "chat_history",
  "openai_chat",
  "openai_chat_response",
] as const;

export type DataType = (typeof DATA_TYPES)[number];

export function isDataType(name: string): name is DataType {
  return (DATA_TYPES as readonly string[]).includes(name);
}
