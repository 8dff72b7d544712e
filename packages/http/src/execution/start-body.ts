import type { Chain } from "@catenary/core";
import { z } from "zod";
import { HttpError } from "../errors/http-error.ts";
import type { ChainReader } from "./chain-reader.ts";
import { inputTypeField, readInputType } from "./input-type.ts";

const chainField = z.record(z.string(), z.unknown());

const begin = {
  input: z.unknown().optional().describe("What the chain begins with. Default: the type's empty value"),
  inputType: inputTypeField,
  variables: z.record(z.string(), z.unknown()).optional().describe("Values of the variables that the chain declares"),
};

export const taskBody = z.object({
  ...begin,
  chain: z
    .record(z.string(), z.unknown(), {
      error: "the chain itself, an object { id, tasks }; POST /runs takes the id of a stored one",
    })
    .optional()
    .describe("The chain itself"),
});

export const startBody = z.object({
  ...begin,
  chain: z.union([chainField, z.string()]).optional().describe("The chain itself, or the id of a stored one"),
});

export type StartBody = z.infer<typeof startBody>;

/** The chain that was sent. Throws 400 where there is none, a ChainInvalidError where it cannot be run. */
export function readChain({ chain }: StartBody, chains: ChainReader): Chain {
  if (typeof chain === "object") return chains.read(chain);
  throw new HttpError(
    400,
    "a chain is expected as `chain`; got none: send { input, inputType, chain: { id, tasks } }",
    {
      param: "chain",
    },
  );
}

/** What a run is to be told beside its chain and its input. Throws 400 where the input's type is none, or the input has lost digits. */
export function readRunOptions({ input, inputType: given, variables }: StartBody, chain: Chain) {
  const inputType = readInputType(given, chain);
  if ((inputType ?? chain.input) === "int" && Number.isInteger(input) && !Number.isSafeInteger(input))
    throw lostDigits();
  return { ...(inputType !== undefined && { inputType }), ...(variables !== undefined && { variables }) };
}

/** A number as large as this was rounded when its text was read; as a text it is looked at digit by digit. */
function lostDigits(): HttpError {
  const message = `input expects a whole number of at most ${Number.MAX_SAFE_INTEGER}, or minus that; got one beyond, which JSON rounds: send it as a text`;
  return new HttpError(400, message, { param: "input" });
}
