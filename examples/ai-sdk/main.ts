import { createRuntime } from "@catenary/core";
import { answer, read } from "./assistant.ts";
import { chooseBackends } from "./choose-backends.ts";

// Whoever reads our output, such as head, may have seen enough.
process.stdout.on("error", () => process.exit());

const { backends, note } = await chooseBackends(process.env);
console.log(`One host is down; ${note}.\n`);

// `ordered` asks the host that is down first, so that there is something to see; the default learns to avoid it.
const runtime = createRuntime({ backends, defaults: { policy: "ordered" } });
const model = runtime.model();

console.log("streamText, with a tool:");
const { routes } = await answer(model, "Where is my order 88213?", (piece) => process.stdout.write(piece));
console.log(`\n${routes.map((route) => `  ${route}`).join("\n")}`);

console.log("\ngenerateText, with a schema:");
const { ticket, route } = await read(model, "Hello, order 88213 has not arrived.");
console.log(`${JSON.stringify(ticket)}\n  ${route}`);
await runtime.close();
