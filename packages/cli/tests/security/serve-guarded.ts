import type { LookupFunction } from "node:net";
import { createRuntime } from "@catenary/core";
import { createHttpHandler } from "@catenary/http";
import { serveHttp } from "@catenary/http/node";
import { nodeFetch } from "@catenary/node";
import { onTestFinished } from "vitest";
import { SERVED_TYPES } from "../../src/serve/known-providers.ts";
import type { Ask } from "./call-hook.ts";

/** Answers each lookup of a name with its next address, the last one again and again. */
export function namesOf(names: Readonly<Record<string, readonly string[]>>): LookupFunction {
  const asked = new Map<string, number>();
  return (host, _options, done) => {
    const addresses = names[host] ?? [];
    const turn = asked.get(host) ?? 0;
    asked.set(host, turn + 1);
    const address = addresses[Math.min(turn, addresses.length - 1)];
    setImmediate(() => {
      if (address === undefined) done(Object.assign(new Error(`no ${host}`), { code: "ENOTFOUND" }), "");
      else done(null, [{ address, family: address.includes(":") ? 6 : 4 }]);
    });
  };
}

export type GuardedAsk = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => ReturnType<Ask>;

/** A runtime as `catenary serve` makes it, with a resolver of the test's own. */
export async function serveGuarded(lookup: LookupFunction): Promise<GuardedAsk> {
  const transport = nodeFetch({ lookup });
  const runtime = createRuntime({ fetch: transport, backendTypes: SERVED_TYPES });
  const served = await serveHttp(createHttpHandler(runtime), { port: 0, graceMs: 0 });
  onTestFinished(async () => {
    await served.close();
    await runtime.close();
    await transport.close();
  });
  return async (method, path, body, headers) => {
    const response = await fetch(`${served.url}${path}`, {
      method,
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", ...headers },
    });
    return { status: response.status, body: await response.json() };
  };
}
