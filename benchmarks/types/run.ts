import { rmSync } from "node:fs";
import { emitDeclarations } from "../../packages/core/tests/types/emit-declarations.ts";
import { MOST_CHECK_MS, MOST_GROWTH, MOST_INSTANTIATIONS, SIZES } from "./limits.ts";
import { COMPILERS, type Compiler, type Cost, measureChain } from "./measure.ts";
import { FORMS, type Form } from "./write-chain.ts";

// What the types of `defineChain` cost, beyond a program that only imports it, and whether that is within the limits. Prints
// Markdown. Times depend on what else the machine does, so only this report judges them, and the least of three counts.

const ROUNDS = 3;
const declarations = emitDeclarations();
const missed: string[] = [];

console.log("| compiler | chain | tasks | instantiations a task | checking | without the import | memory | limits |");
console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
for (const compiler of COMPILERS) for (const form of FORMS) report(compiler, form);
rmSync(declarations, { recursive: true, force: true });
console.log(
  missed.length === 0 ? "\nEvery limit is kept." : `\nMissed:\n${missed.map((one) => `- ${one}`).join("\n")}`,
);
process.exitCode = missed.length === 0 ? 0 : 1;

function report(compiler: Compiler, form: Form): void {
  const empty = least(compiler, form, 0);
  let first = 0;
  for (const tasks of SIZES) {
    const { instantiations, checkMs, memoryMb } = least(compiler, form, tasks);
    const perTask = (instantiations - empty.instantiations) / tasks;
    first ||= perTask;
    const ownMs = Math.max(0, checkMs - empty.checkMs);
    const mostMs = tasks === SIZES.at(-1) ? MOST_CHECK_MS[compiler] : undefined;
    const limits = [
      judge(perTask <= MOST_INSTANTIATIONS, `≤ ${MOST_INSTANTIATIONS} a task`),
      judge(perTask <= first * MOST_GROWTH, "linear"),
      ...(mostMs === undefined ? [] : [judge(checkMs <= mostMs, `≤ ${mostMs} ms`)]),
    ];
    for (const limit of limits.filter(({ kept }) => !kept))
      missed.push(`${compiler}, ${tasks} tasks ${form}: ${limit.words}`);
    const verdicts = limits.map(({ kept, words }) => `${words}: ${kept ? "kept" : "**missed**"}`).join(", ");
    console.log(
      `| ${compiler} | ${form} | ${tasks} | ${Math.round(perTask)} | ${Math.round(checkMs)} ms | ${Math.round(ownMs)} ms | ${Math.round(memoryMb)} MB | ${verdicts} |`,
    );
  }
}

function judge(kept: boolean, words: string): { readonly kept: boolean; readonly words: string } {
  return { kept, words };
}

/** The round that was least disturbed. Instantiations are the same in each. */
function least(compiler: Compiler, form: Form, tasks: number): Cost {
  const rounds = Array.from({ length: ROUNDS }, () => measureChain(compiler, declarations, tasks, form));
  return rounds.reduce((best, round) => (round.checkMs < best.checkMs ? round : best));
}
