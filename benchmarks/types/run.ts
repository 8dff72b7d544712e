import { rmSync } from "node:fs";
import { emitDeclarations } from "../../packages/core/tests/types/emit-declarations.ts";
import { COMPILERS, measureChain } from "./measure.ts";

// What the types of `defineChain` cost, beyond a program that only imports it. Prints Markdown.

const SIZES = [1, 20, 50, 100, 200];
const declarations = emitDeclarations();

console.log(
  "| compiler | tasks | instantiations a task | all instantiations | checking | checking, beyond the import | memory |",
);
console.log("| --- | --- | --- | --- | --- | --- | --- |");
for (const compiler of COMPILERS) {
  const empty = measureChain(compiler, declarations, 0);
  for (const tasks of SIZES) {
    const { instantiations, checkMs, memoryMb } = measureChain(compiler, declarations, tasks);
    const perTask = Math.round((instantiations - empty.instantiations) / tasks);
    console.log(
      `| ${compiler} | ${tasks} | ${perTask} | ${instantiations} | ${checkMs} ms | ${Math.round(checkMs - empty.checkMs)} ms | ${Math.round(memoryMb)} MB |`,
    );
  }
}
rmSync(declarations, { recursive: true, force: true });
