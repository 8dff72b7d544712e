import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";

/** What containers call the machine that they run on. Addresses that were written for contenox/runtime in its container are full of it. */
const DOCKER_HOST = "host.docker.internal";

/**
 * Resolves names as the platform does. Where it does not know the machine that containers run on, this process runs in none, so that
 * machine is this one.
 *
 * @param resolve Default: `dns.lookup`.
 */
export function lookupHost(resolve: LookupFunction = lookup): LookupFunction {
  return (name, options, done) => {
    if (name.toLowerCase() !== DOCKER_HOST) return resolve(name, options, done);
    resolve(name, options, (error, ...found) => {
      if (error === null || !UNKNOWN.has(error.code ?? "")) return done(error, ...found);
      const here = { address: "127.0.0.1", family: 4 };
      if (options.all === true) done(null, [here]);
      else done(null, here.address, here.family);
    });
  };
}

const UNKNOWN: ReadonlySet<string> = new Set(["ENOTFOUND", "EAI_AGAIN", "ENODATA"]);
