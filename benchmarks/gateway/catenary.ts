import { createRuntime } from "@catenary/core";
import { createHttpHandler } from "@catenary/http";
import { serveHttp } from "@catenary/http/node";
import { openaiCompatible } from "@catenary/openai";
import type { Listening } from "./listening.ts";
import { MODEL } from "./requests.ts";

/** A runtime with one backend behind its HTTP surface, as an application would serve it: nothing is set for the measurement. */
export async function serveCatenary(modelServer: string): Promise<Listening> {
  const backend = openaiCompatible({ id: "models", baseUrl: `${modelServer}/v1`, apiKey: "nobody", models: [MODEL] });
  const runtime = createRuntime({ backends: [backend], defaults: { model: MODEL } });
  const served = await serveHttp(createHttpHandler(runtime), { port: 0 });
  return {
    port: served.port,
    async close() {
      await served.close();
      await runtime.close();
    },
  };
}
