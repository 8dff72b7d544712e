import { join, resolve } from "node:path";

/** The files that drive what others make. They are no part of this repository. */
export const study: string = resolve(process.env.BENCH_STUDY ?? join(import.meta.dirname, "../../shared/bench"));

/** Where the others are installed, one folder each. */
export const installed: string | undefined = process.env.BENCH_ENVS;
