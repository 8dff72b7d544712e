import { hideSecrets } from "@catenary/core";

/** What replaces the given secrets in a text, and whatever else looks like a key. */
export function createHide(secrets: readonly (string | undefined)[] = []): (text: string) => string {
  const entries = secrets.flatMap((secret, at) => (secret ? [[`secret-${at}`, secret]] : []));
  return hideSecrets({ headers: Object.fromEntries(entries) });
}
