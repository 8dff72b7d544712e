import { join } from "node:path";

/** What decides where a user's caches are. */
export interface CacheSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `process.platform`. */
  readonly platform: string;
  /** The user's home folder. */
  readonly home: string;
}

/** The folder for what can be fetched again: `CATENARY_CACHE`, else `catenary` where the platform keeps such things. */
export function cacheFolder({ environment, platform, home }: CacheSurroundings): string {
  const { CATENARY_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  if (CATENARY_CACHE) return CATENARY_CACHE;
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, "catenary");
  if (platform === "win32") return join(LOCALAPPDATA || join(home, "AppData", "Local"), "catenary");
  if (platform === "darwin") return join(home, "Library", "Caches", "catenary");
  return join(home, ".cache", "catenary");
}
