import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emitDeclarations } from "../../packages/core/tests/types/emit-declarations.ts";
import { COMPILERS, measureChain } from "./measure.ts";

let declarations = "";

beforeAll(() => {
  declarations = emitDeclarations();
}, 60_000);

afterAll(() => rmSync(declarations, { recursive: true, force: true }));

describe.each(COMPILERS)("with %s", (compiler) => {
  const perTask = new Map<number, number>();

  beforeAll(() => {
    const empty = measureChain(compiler, declarations, 0).instantiations;
    for (const tasks of [20, 200]) {
      perTask.set(tasks, (measureChain(compiler, declarations, tasks).instantiations - empty) / tasks);
    }
  }, 120_000);

  test.each([20, 200])("a task of %i with four template actions costs at most 700 instantiations", (tasks) => {
    expect(perTask.get(tasks)).toBeGreaterThan(0);
    expect(perTask.get(tasks)).toBeLessThanOrEqual(700);
  });

  test("a task of a long chain costs no more than one of a short chain", () => {
    expect(perTask.get(200)).toBeLessThanOrEqual((perTask.get(20) ?? 0) * 1.1);
  });
});
