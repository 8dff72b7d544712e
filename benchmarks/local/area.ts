import type { Area } from "../measure/area.ts";
import { generate } from "./generate.ts";
import { read } from "./read.ts";

export const local: Area = { name: "local", scenarios: [generate, read] };
