import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chainJsonSchema } from "../packages/core/src/chain/json-schema/json-schema.ts";
import { ROOT } from "./source-files.ts";

// Writes the JSON Schema of chains that the package has. A test of core fails when it was forgotten.

const path = join(ROOT, "packages/core/chain.schema.json");
writeFileSync(path, JSON.stringify(chainJsonSchema()));
execFileSync(join(ROOT, "node_modules/.bin/biome"), ["format", "--write", path], { cwd: ROOT, stdio: "inherit" });
