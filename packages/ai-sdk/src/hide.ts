import { hideSecrets } from "@catenary/core";

/** What replaces the given secrets in a text, and whatever else looks like a key. Settings often read one that is not there. */
export function createHide(secrets: readonly (string | undefined)[] = []): (text: string) => string {
  return hideSecrets({ secrets: secrets.filter((secret) => secret !== undefined) });
}
