import { readFileSync } from "node:fs";

// The sources and what is built of them lie equally deep.
const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** Of this package. */
export const VERSION: string = String(
  typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "unknown",
);
