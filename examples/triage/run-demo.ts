import { CatenaryError, createRuntime, type Finding } from "@catenary/core";
import { triage } from "./chain.ts";
import { chooseBackend, type Environment } from "./choose-backend.ts";
import { readDemoOptions, USAGE } from "./demo-options.ts";
import { readChainFile } from "./read-chain-file.ts";
import { createScreen, type Output } from "./screen.ts";
import { summariseRun } from "./summarise-run.ts";
import { createTicketSystem } from "./ticket-system.ts";
import { TICKET } from "./tickets.ts";

export interface Surroundings {
  readonly output: Output;
  readonly environment: Environment;
  readonly signal?: AbortSignal;
}

/** Runs the demonstration. Resolves to the exit code: 0 ok, 1 the run failed, 2 it could not begin. */
export async function runDemo(argv: readonly string[], { output, environment, signal }: Surroundings): Promise<number> {
  try {
    const options = readDemoOptions(argv);
    if (options.help) {
      output.write(`${USAGE}\n`);
      return 0;
    }
    const request =
      options.chainFile === undefined ? { chain: triage, input: TICKET } : await readChainFile(options.chainFile);
    const chosen = await chooseBackend(options, environment, { output, signal });
    const { backend, model, why } = chosen;
    const input = options.input ?? request.input ?? "";
    if ("findings" in request) output.write(warningsOf(request.findings));
    output.write(`Catenary runs the chain ${request.chain.id} on ${why}.\n\nInput\n${show(input)}\n\n`);
    const runtime = createRuntime({ backends: [backend], defaults: { model }, hooks: { ...createTicketSystem() } });
    const run = runtime.start(request.chain, input, {
      ...("inputType" in request && request.inputType !== undefined && { inputType: request.inputType }),
      ...(signal !== undefined && { signal }),
    });
    const screen = createScreen(output);
    try {
      for await (const event of run.events()) screen.show(event);
    } finally {
      screen.close();
      await runtime.close();
      await chosen.close?.();
    }
    const result = await run.result();
    output.write(`\n${summariseRun(result)}\n`);
    return result.status === "ok" ? 0 : 1;
  } catch (error) {
    const isOurs = CatenaryError.isInstance(error);
    output.write(signal?.aborted && !isOurs ? "Stopped.\n" : `${messageOf(error)}\n`);
    return signal?.aborted ? 1 : 2;
  }
}

/** A chain that runs may still not say what its author meant. */
function warningsOf(findings: readonly Finding[]): string {
  return findings
    .map(({ path, message, suggestion }) => {
      const meant = suggestion === undefined ? "" : ` Did you mean ${suggestion}?`;
      return `Warning: ${path}: ${message}.${meant}\n`;
    })
    .join("");
}

function show(input: unknown): string {
  return typeof input === "string" ? input : JSON.stringify(input, null, 2);
}

function messageOf(error: unknown): string {
  if (CatenaryError.isInstance(error)) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  return `${message}\n\n${USAGE}`;
}
