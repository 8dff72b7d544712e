import { createRuntime, type RuntimeOptions } from "@catenary/core";
import OpenAI from "openai";
import { createHttpHandler } from "../../src/create-http-handler.ts";
import { serveHttp } from "../../src/node/serve-http.ts";

/** A runtime on a real socket, with OpenAI's own client for its models and for its chains. The client does not retry, so that a test sees what is answered. */
export async function serveOpenAI(options: RuntimeOptions) {
  const runtime = createRuntime(options);
  const served = await serveHttp(createHttpHandler(runtime), { port: 0, graceMs: 500 });
  const clientOf = (path: string) => new OpenAI({ baseURL: `${served.url}${path}`, apiKey: "none", maxRetries: 0 });
  return {
    url: served.url,
    runtime,
    client: clientOf("/v1"),
    chainClient: (chain: string) => clientOf(`/openai/${encodeURIComponent(chain)}/v1`),
    async [Symbol.asyncDispose]() {
      await served[Symbol.asyncDispose]();
      await runtime.close();
    },
  };
}
