import { randomUUID } from "node:crypto";
import type { Serving } from "../start-catenary.ts";

/** Asks for JSON, as `serving` of the command line does. */
export type Ask = Serving["ask"];

/** Registers a hook over REST and runs a chain that calls it. Gives the answer of the first of the two that is refused. */
export async function callHook(ask: Ask, endpointUrl: string, more: object = {}) {
  const name = `h${randomUUID()}`;
  const hook = { name, endpointUrl, method: "POST", timeoutMs: 5_000, protocolType: "langserve", ...more };
  const made = await ask("POST", "/hooks/remote", hook);
  if (made.status !== 201) return made;
  return ask("POST", "/tasks", {
    input: "q",
    inputType: "string",
    chain: { id: "c", tasks: [{ id: "a", handler: "hook", hook: { name } }] },
  });
}
