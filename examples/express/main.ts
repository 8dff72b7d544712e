import { createRuntime } from "@catenary/core";
import { ollama } from "@catenary/ollama";
import { standIn } from "@catenary/testing";
import { createApp } from "./app.ts";

const server = ollama();
const models = await server.listModels({ signal: AbortSignal.timeout(2_000) }).catch(() => []);
const backend = models.length > 0 ? server : standIn();
console.log(models.length > 0 ? "Ollama answers." : "The offline stand-in answers. It is no language model.");

const runtime = createRuntime({ backends: [backend] });
const app = createApp(runtime).listen(3000, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:3000/ai/docs says what there is; for one thing:

curl -N http://127.0.0.1:3000/ai/v1/chat/completions -H 'content-type: application/json' \\
  -d '{"stream":true,"messages":[{"role":"user","content":"Say hello."}]}'`);
});
process.once("SIGINT", () => {
  app.close();
  app.closeAllConnections();
  void runtime.close();
});
