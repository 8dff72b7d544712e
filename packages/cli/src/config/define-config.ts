import type { CatenaryConfig } from "./catenary-config.ts";

/** Gives back what it is given; an editor then knows what may stand in it. */
export function defineConfig(config: CatenaryConfig): CatenaryConfig {
  return config;
}
