import type { PullProgress } from "../model/backend.ts";

interface Part {
  readonly total: number;
  readonly completed: number;
}

/** Adds up what servers tell of a pull part by part: only together the parts say how far it is. */
export class PullSums {
  readonly #parts = new Map<string, Part>();
  #completed = 0;
  #total = 0;

  get completed(): number {
    return this.#completed;
  }

  get total(): number {
    return this.#total;
  }

  add({ digest, total, completed = 0 }: PullProgress): void {
    if (total === undefined || !(total > 0)) return;
    const key = digest ?? "";
    const before = this.#parts.get(key) ?? { total: 0, completed: 0 };
    const now = { total, completed: Math.min(Math.max(completed, 0), total) };
    this.#parts.set(key, now);
    this.#total += now.total - before.total;
    this.#completed += now.completed - before.completed;
  }
}
