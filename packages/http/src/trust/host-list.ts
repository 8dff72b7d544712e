/** Whether a name without a port may be the `Host` of a request. */
export type HostList = (name: string) => boolean;

/** Reserved, and what containers call the machine that they run on. */
const OF_CONTAINERS = "host.docker.internal";

const NUMBERS_V4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/**
 * Web pages can lead their own names to this machine, and then ask it as if it were their server. A name that they cannot have,
 * and an address written as numbers, are not theirs.
 */
const isOwnName: HostList = (name) =>
  name === "localhost" ||
  name.endsWith(".localhost") ||
  name === OF_CONTAINERS ||
  name.startsWith("[") ||
  NUMBERS_V4.test(name);

export function createHostList(hosts: readonly string[] | "any" | undefined, hasKeys: boolean): HostList {
  // A page has no key, whatever name it comes by.
  if (hosts === "any" || hasKeys) return () => true;
  const names = new Set(hosts?.map((host) => host.toLowerCase()));
  return (name) => isOwnName(name) || names.has(name);
}

/** The name in a `Host` header, in lower case; undefined where it is none. */
export function hostNameOf(host: string | undefined): string | undefined {
  return /^(\[[\da-f:.]+\]|[^:/\\?#@\s[\]]+)\.?(?::\d{1,5})?$/i.exec(host ?? "")?.[1]?.toLowerCase();
}
