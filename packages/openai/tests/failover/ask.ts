import { CatenaryError, defineChain, type RouteRecord, type Runtime, type Usage } from "@catenary/core";

/** How a model is asked: by a chain whose text is read while it comes, by a chain, or by a prompt. */
export type Way = "streamed" | "whole" | "prompt";

export const WAYS: readonly Way[] = ["streamed", "whole", "prompt"];

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
  return way === "prompt" ? askOnce(runtime, text) : askChain(runtime, text, way === "streamed" ? onPiece : undefined);
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
