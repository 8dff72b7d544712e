import { hideSecrets } from "../../errors/hide-secrets.ts";
import { HookError } from "../../errors/hook-error.ts";
import type { Json } from "../../value/json.ts";
import type { RemoteHook } from "../remote-hook.ts";
import { toPlainJson } from "../to-plain-json.ts";
import { excerpt } from "./excerpt.ts";
import { PROTOCOLS } from "./protocols.ts";
import { readText } from "./read-text.ts";

/** The result of a hook in its answer, as its protocol says. */
export async function readResult(
  hook: RemoteHook,
  name: string,
  response: Response,
  signal: AbortSignal,
): Promise<Json> {
  const address = new URL(hook.url).origin;
  const refuse = (problem: string) =>
    new HookError("hook_response_invalid", `Hook "${name}" at ${address} ${problem}`, {
      failure: "reply",
      hook: name,
      address,
      status: response.status,
    });

  const { text, isWhole } = await readText(response, hook.maxResponseBytes, signal);
  if (!isWhole) {
    throw refuse(
      `answered with more than ${hook.maxResponseBytes} bytes. Raise its maxResponseBytes if that is right.`,
    );
  }
  if (text.trim() === "")
    throw refuse(`answered with status ${response.status} and no JSON. Let it answer at least null.`);

  const shown = () => excerpt(hideSecrets(hook)(text));
  const answer = parse(text);
  if (answer === undefined) throw refuse(`must answer with JSON; got: ${shown()}`);
  const { decode, resultField } = PROTOCOLS[hook.protocol];
  const result = decode(answer.json);
  if (result === undefined) {
    throw refuse(`speaks protocol ${hook.protocol}, so its answer must have "${resultField}"; got: ${shown()}`);
  }
  return toPlainJson(result, (place, problem) => refuse(`answered with what is no plain JSON: ${place} ${problem}.`));
}

function parse(text: string): { readonly json: Json } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
