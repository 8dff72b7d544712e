import type {
  Chain,
  DataType,
  Json,
  LanguageModelPrompt,
  RecordedEvent,
  RunFailedError,
  RunTrace,
} from "@catenary/core";
import type { Answer } from "./answer.ts";

/** What a task asked a model. */
export interface SimulatedPrompt {
  readonly key: string;
  readonly taskId: string;
  readonly visit: number;
  readonly attempt: number;
  /** The name under which the model was asked for; `simulated` where the chain names none. */
  readonly model: string;
  /** The last text of the user: the rendered prompt. */
  readonly text: string;
  /** The rendered system instruction. */
  readonly system?: string;
  /** All of it; absent where a text is embedded. */
  readonly messages?: LanguageModelPrompt;
}

/** The rest of a list of answers that no attempt took. */
export interface UnusedAnswers {
  readonly taskId: string;
  readonly answers: readonly Answer[];
}

/** How a simulated run went. */
export interface Simulation<Output = Json> extends RunTrace {
  readonly chain: Chain;
  readonly status: "ok" | "failed" | "cancelled";
  /** Undefined where the run did not come to its end. */
  readonly output: Output | undefined;
  readonly outputType: DataType | undefined;
  /** Why it did not. */
  readonly error?: RunFailedError;
  /** The ids of the tasks in the order in which they were entered, one for each step, however many attempts it took. */
  readonly path: readonly string[];
  readonly events: readonly RecordedEvent[];
  readonly prompts: readonly SimulatedPrompt[];
  /** By task, what is left of lists of answers; `assertAnswersUsed` throws for it. A single answer is for however many attempts there are. */
  readonly unusedAnswers: readonly UnusedAnswers[];
}
