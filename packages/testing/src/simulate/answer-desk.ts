import type { SimulatedAttempt } from "./answer.ts";
import { type FailAnswer, isFailAnswer, type PlainAnswer } from "./answer.ts";
import type { AnswerBook } from "./answer-book.ts";
import type { FollowedRun } from "./follow-run.ts";

/** Answers whoever asks in the name of the task that is under way. */
export interface AnswerDesk {
  readonly book: AnswerBook;
  readonly run: FollowedRun;
  ask(asked?: Pick<SimulatedAttempt, "prompt" | "args">): Promise<PlainAnswer>;
  /** Stops the simulation: the test is wrong, not the run. Returns what to throw. */
  stop(problem: unknown): unknown;
}

/** `onProblem` is told what makes the simulation meaningless. */
export function createAnswerDesk(
  book: AnswerBook,
  run: FollowedRun,
  onProblem: (problem: unknown) => void,
): AnswerDesk {
  let failed: { readonly attempt: string; readonly answer: FailAnswer } | undefined;
  const stop = (problem: unknown) => {
    onProblem(problem);
    return problem;
  };
  return {
    book,
    run,
    stop,
    async ask(asked = {}) {
      const { key, ...current } = run.current();
      const attempt = `${key}/${current.attempt}`;
      // An answer is what the attempt comes to: where several models are named, all of them fail with it.
      if (failed?.attempt === attempt) return failed.answer;
      try {
        const taken = book.take(current.taskId, `visit ${current.visit}, attempt ${current.attempt}`);
        const answer: unknown = typeof taken === "function" ? await taken({ ...current, ...asked }) : taken;
        book.check(current.taskId, answer);
        if (isFailAnswer(answer)) failed = { attempt, answer };
        return answer;
      } catch (error) {
        throw stop(error);
      }
    },
  };
}
