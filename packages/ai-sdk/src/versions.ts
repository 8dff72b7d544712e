const VERSIONS = ["v2", "v3", "v4"] as const;

/** A version of the AI SDK's provider specification that is understood here. */
export type Version = (typeof VERSIONS)[number];

/** For messages. */
export const understoodVersions = "v2, v3 and v4";

export function isUnderstood(version: unknown): version is Version {
  return VERSIONS.some((known) => known === version);
}
