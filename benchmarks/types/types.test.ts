import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emitDeclarations } from "../../packages/core/tests/types/emit-declarations.ts";
import { MOST_GROWTH, MOST_INSTANTIATIONS, SIZES } from "./limits.ts";
import { COMPILERS, measureChain } from "./measure.ts";
import { FORMS } from "./write-chain.ts";

let declarations = "";

beforeAll(() => {
  declarations = emitDeclarations();
}, 60_000);

afterAll(() => rmSync(declarations, { recursive: true, force: true }));

/** Every day only the newest: the older one takes much longer, and counts nearly the same. */
const compilers = process.env.CATENARY_LONG ? COMPILERS : COMPILERS.slice(0, 1);
const chains = compilers.flatMap((compiler) => FORMS.map((form) => ({ compiler, form })));

describe.each(chains)("a chain whose tasks stand $form, with $compiler", ({ compiler, form }) => {
  const perTask = new Map<number, number>();

  beforeAll(() => {
    const empty = measureChain(compiler, declarations, 0, form).instantiations;
    for (const tasks of SIZES) {
      perTask.set(tasks, (measureChain(compiler, declarations, tasks, form).instantiations - empty) / tasks);
    }
  }, 300_000);

  test.each(SIZES)(
    `a task of %i with four template actions costs at most ${MOST_INSTANTIATIONS} instantiations`,
    (tasks) => {
      expect(perTask.get(tasks)).toBeGreaterThan(0);
      expect(perTask.get(tasks)).toBeLessThanOrEqual(MOST_INSTANTIATIONS);
    },
  );

  test.each(SIZES)("a task of %i costs hardly more than one of the shortest chain", (tasks) => {
    expect(perTask.get(tasks)).toBeLessThanOrEqual((perTask.get(SIZES[0]) ?? 0) * MOST_GROWTH);
  });
});
