import { canPass } from "../errors/can-pass.ts";
import type { FailureClass } from "../errors/failure-class.ts";
import type { CompiledTask } from "./program.ts";

export interface FailedAttempt {
  /** Counted from 1. */
  readonly attempt: number;
  readonly failure: FailureClass;
  /** The error's code. */
  readonly code: string;
  readonly retryAfterMs: number | undefined;
  /** 0 ≤ n < 1. */
  readonly random: number;
  /** Whether a reader already has a part of its text. */
  readonly delivered: boolean;
  /** Model calls that the step made so far. */
  readonly tries: number;
}

/** The longest pause that doubling leads to. */
const LONGEST_BACKOFF_MS = 30_000;
/** The longest wait that a server can ask for. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/**
 * How long to wait before the attempt is made again, in milliseconds; undefined: it is not. Only what may pass is tried
 * again, and only as often as the task asks for; `retry_on_failure` alone does not wait.
 */
export function decideRetry(task: CompiledTask, failed: FailedAttempt): number | undefined {
  const { retry } = task;
  if (failed.attempt > retry.max || !canPass(failed.failure)) return undefined;
  if (retry.on !== undefined && !retry.on.has(failed.failure)) return undefined;
  if (failed.delivered && task.definition.restart !== true) return undefined;
  if (failed.tries >= task.tries) return undefined;
  // All attempts of a step share one deadline.
  if (failed.code === "deadline_exceeded") return undefined;
  if (retry.backoffMs === 0) return 0;
  const ceiling = Math.min(LONGEST_BACKOFF_MS, retry.backoffMs * 2 ** (failed.attempt - 1));
  const pause = retry.jitter ? Math.floor(ceiling * failed.random) : ceiling;
  // A hook may say anything; what is no number asks for nothing.
  const asked = Number.isNaN(failed.retryAfterMs) ? 0 : (failed.retryAfterMs ?? 0);
  return Math.max(pause, Math.min(asked, LONGEST_RETRY_AFTER_MS));
}
