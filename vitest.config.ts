// Vitest looks for this name only; with it, a bare `vitest` and editors run the same projects as `pnpm test`.
export { default } from "./vitest.workspace.ts";
