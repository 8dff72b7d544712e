import { randomUUID } from "node:crypto";

/** Asks for JSON, as `serving` of the command line does. */
export type Ask = (
  method: string,
  path: string,
  body?: unknown,
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests, which fail where something else came
) => Promise<{ readonly status: number; readonly body: any }>;

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
