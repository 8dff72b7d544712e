import { CatenaryError, defineChain, type RouteRecord, type Runtime, type Usage } from "@catenary/core";

/** How a model is asked. */
export const WAYS = [
  /** By a chain whose text is read while it comes. */
  "streamed",
  /** By a chain. */
  "whole",
  /** By a prompt outside of any chain. */
  "prompt",
  /** By the runtime as a model of the AI SDK, whose stream is read. */
  "router",
] as const;
export type Way = (typeof WAYS)[number];

/** Whether what comes is read while it comes. */
export function isRead(way: Way): boolean {
  return way === "streamed" || way === "router";
}

/** What whoever asked got. */
export interface Outcome {
  /** The whole answer; undefined: there is none. */
  readonly text: string | undefined;
  readonly error: CatenaryError | undefined;
  /** What a reader got while it came. */
  readonly read: string;
  readonly route: RouteRecord | undefined;
  readonly usage: Usage | undefined;
}

const chain = defineChain({
  id: "answer",
  input: "string",
  tasks: { say: { handler: "raw_string", promptTemplate: "{{.input}}" } },
});

/** @param onPiece Called with what was read so far whenever a piece of a streamed answer is read. */
export function ask(runtime: Runtime, way: Way, text: string, onPiece: (read: string) => void): Promise<Outcome> {
  if (way === "prompt") return askOnce(runtime, text);
  if (way === "router") return askRouter(runtime, text, onPiece);
  return askChain(runtime, text, way === "streamed" ? onPiece : undefined);
}

async function askOnce(runtime: Runtime, text: string): Promise<Outcome> {
  try {
    const { text: answer, route, usage } = await runtime.prompt(text);
    return { text: answer, error: undefined, read: "", route, usage };
  } catch (error) {
    return { text: undefined, error: ourOwn(error), read: "", route: undefined, usage: undefined };
  }
}

async function askChain(
  runtime: Runtime,
  text: string,
  onPiece: ((read: string) => void) | undefined,
): Promise<Outcome> {
  const run = runtime.start(chain, text);
  let read = "";
  try {
    if (onPiece !== undefined) {
      for await (const piece of run.textStream) {
        read += piece;
        onPiece(read);
      }
    }
  } catch (error) {
    // How it failed is said once more, and better, by the run's result.
    ourOwn(error);
  }
  const result = await run.result();
  const [step] = result.steps;
  return {
    text: result.status === "ok" ? result.output : undefined,
    error: "error" in result ? causeOf(result.error) : undefined,
    read,
    route: step?.route,
    usage: result.usage,
  };
}

async function askRouter(runtime: Runtime, text: string, onPiece: (read: string) => void): Promise<Outcome> {
  let read = "";
  let route: RouteRecord | undefined;
  let usage: Usage | undefined;
  try {
    const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text }] }];
    const { stream } = await runtime.model().doStream({ prompt });
    for await (const part of stream) {
      if (part.type === "error") throw part.error;
      if (part.type === "text-delta") read += part.delta;
      if (part.type === "text-delta") onPiece(read);
      if (part.type !== "finish") continue;
      // Safe: it is what the router says there, and this reads it as its user would.
      route = part.providerMetadata?.catenary?.route as RouteRecord | undefined;
      usage = { inputTokens: part.usage.inputTokens.total, outputTokens: part.usage.outputTokens.total } as Usage;
    }
    return { text: read, error: undefined, read, route, usage };
  } catch (error) {
    return { text: undefined, error: ourOwn(error), read, route, usage };
  }
}

/** What the model call failed of: a run is of the class of what failed it, and has that as its cause. */
function causeOf(error: CatenaryError): CatenaryError {
  const cause = ourOwn(error.cause);
  if (cause.failure !== error.failure) throw new Error(`expected ${cause.failure}, got ${error.failure}`);
  return cause;
}

/** Whatever goes wrong, it is told as an error of ours. */
function ourOwn(error: unknown): CatenaryError {
  if (CatenaryError.isInstance(error)) return error;
  throw new Error("expected a CatenaryError", { cause: error });
}
