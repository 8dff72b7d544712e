export interface Place {
  /** Below the mount; begins with `/`. */
  readonly path: string;
  readonly query: string;
}

/** Clients that take us for their proxy send the whole address. */
const ORIGIN = /^https?:\/\/([^/?#]*)/i;

/** The host of a target that is a whole address: it is asked for, whatever the `Host` header says. */
export function authorityOf(target: string): string | undefined {
  return target.startsWith("/") ? undefined : ORIGIN.exec(target)?.[1];
}

/** Where a target leads below a mount; undefined where it does not lead there. */
export function locate(sent: string, mount: string): Place | undefined {
  const target = sent.startsWith("/") ? sent : sent.replace(ORIGIN, "");
  const from = target.indexOf("?");
  const path = from < 0 ? target : target.slice(0, from);
  const query = from < 0 ? "" : target.slice(from + 1);
  if (mount === "") return path.startsWith("/") ? { path, query } : undefined;
  if (path === mount) return { path: "/", query };
  return path.startsWith(`${mount}/`) ? { path: path.slice(mount.length), query } : undefined;
}

/** A path without empty and dotted segments: what a client should have asked for. */
export function cleanPath(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/").slice(1);
  for (const segment of segments) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  const last = segments.at(-1);
  const isFolder = kept.length > 0 && (last === "" || last === "." || last === "..");
  return `/${kept.join("/")}${isFolder ? "/" : ""}`;
}
