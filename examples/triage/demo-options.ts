import { parseArgs } from "node:util";

export const BACKENDS = ["openai", "ollama", "local", "stand-in"] as const;

export interface DemoOptions {
  readonly input: string | undefined;
  /** A file with a chain, or with a chain and its input. */
  readonly chainFile: string | undefined;
  readonly backend: (typeof BACKENDS)[number] | undefined;
  readonly model: string | undefined;
  readonly help: boolean;
}

export const USAGE = `Usage: demo [--local] [--input TEXT] [--chain FILE] [--backend ${BACKENDS.join("|")}] [--model NAME]

  --local         on a small model in this process, which is fetched the first time (98 MB); the same as --backend local
  --input TEXT    what the chain works on
  --chain FILE    another chain: its JSON, or { "input": …, "inputType": …, "chain": … }
  --backend NAME  where models run; without it the best that is found
  --model NAME    which model answers; without it the backend's first that chats`;

/** What the command line asks for. Throws an `Error` that says what was expected. */
export function readDemoOptions(argv: readonly string[]): DemoOptions {
  // pnpm hands a "--" on that npm would take away.
  const args = argv[0] === "--" ? argv.slice(1) : [...argv];
  const { values } = parseArgs({
    args,
    options: {
      input: { type: "string" },
      chain: { type: "string" },
      backend: { type: "string" },
      local: { type: "boolean" },
      model: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  return {
    input: values.input,
    chainFile: values.chain,
    backend: values.local === true ? localOf(values.backend) : backendOf(values.backend),
    model: values.model,
    help: values.help ?? false,
  };
}

function localOf(name: string | undefined): "local" {
  if (name === undefined || name === "local") return "local";
  throw new Error(`--local and --backend ${name} exclude each other: leave one of them out`);
}

function backendOf(name: string | undefined): DemoOptions["backend"] {
  const known = BACKENDS.find((backend) => backend === name);
  if (name !== undefined && known === undefined) {
    throw new Error(`--backend takes one of ${BACKENDS.join(", ")}; got ${JSON.stringify(name)}`);
  }
  return known;
}
