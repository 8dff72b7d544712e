export type { CatenaryConfig } from "./config/catenary-config.ts";
export { defineConfig } from "./config/define-config.ts";
