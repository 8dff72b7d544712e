import { expect } from "vitest";
import type { Arena, Terms } from "./arena.ts";
import { isRead, type Outcome, type Way } from "./ask.ts";
import type { Kind, Station } from "./station.ts";

/** One way in which a model's server can fail, and what has to come of it. */
export interface Scenario {
  readonly name: string;
  readonly terms?: Terms;
  /** Of which kind the primary can fail so. Default: any. */
  readonly only?: readonly Kind[];
  /** In which ways it is asked. Default: in all. */
  readonly ways?: readonly Way[];
  play(arena: Arena): Promise<void>;
}

/** The whole answer came, and all of it from one server. */
export function expectAnswer({ text, error, read }: Outcome, { way }: Arena, from: Station): void {
  expect(error).toBeUndefined();
  expect(text).toBe(from.words);
  if (isRead(way)) expect(read).toBe(from.words);
}

/** No answer came, and the error says why. */
export function expectFailure({ text, error }: Outcome, why: Why): void {
  expect(text).toBeUndefined();
  const { failure, ...details } = why;
  expect({ failure: error?.failure, details: error?.details }).toMatchObject({ failure, details });
}

/** The error's class, and what else is to stand in its details. */
export interface Why {
  readonly failure: string;
  readonly reason?: string;
  readonly status?: number;
}

/** Who was tried, and what they failed of, as far as the record of the call tells. */
export function expectTried({ route }: Outcome, arena: Arena, ...tried: readonly Tried[]): void {
  // What fails outside of a chain has no record; its error has the attempts.
  if (arena.way !== "streamed" && arena.way !== "whole" && route === undefined) return;
  expect(
    route?.tried.map(({ backend, error }) =>
      error === undefined ? [backend] : [backend, error.reason ?? error.failure],
    ),
  ).toEqual(tried);
}

export type Tried = readonly [backend: "primary" | "fallback", why?: string];
