import { OPENAI, OPENAI_PRINTED } from "./openai.ts";
import { RECORDS } from "./records.ts";
import { REQUESTS } from "./requests.ts";
import type { Row } from "./row.ts";
import { PRINTED, TASKS } from "./tasks.ts";

/** Every known difference, in the order of the page. */
export const ROWS: readonly Row[] = [...REQUESTS, ...RECORDS, ...TASKS, ...OPENAI, ...PRINTED, ...OPENAI_PRINTED];
