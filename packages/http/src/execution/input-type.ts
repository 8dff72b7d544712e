import { type Chain, type DataType, suggest } from "@catenary/core";
import { z } from "zod";
import { HttpError } from "../errors/http-error.ts";

const DATA_TYPES = [
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
] as const satisfies readonly DataType[];

export const inputTypeField = z
  .string()
  .optional()
  .describe(`What the input is: ${DATA_TYPES.join(", ")}. Can be left out where the chain declares it`);

/** A chain that came by request says what its input is, or the request does. Throws 400 where neither does, or where there is no such type. */
export function readInputType(given: string | undefined, { input }: Pick<Chain, "input">): DataType | undefined {
  if (given === undefined && input !== undefined) return undefined;
  const wanted = (given ?? "").toLowerCase();
  const type = DATA_TYPES.find((known) => known === wanted);
  if (type !== undefined) return type;
  const meant = suggest(wanted, DATA_TYPES);
  throw new HttpError(
    400,
    `inputType expects one of ${DATA_TYPES.join(", ")}; got ${given === undefined ? "none" : JSON.stringify(given.slice(0, 80))}${meant === undefined ? "" : `. Did you mean ${meant}?`}`,
    { param: "inputType" },
  );
}
