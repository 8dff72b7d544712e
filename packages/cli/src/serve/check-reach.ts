import { isThisMachine } from "@catenary/http/node";
import { UsageError } from "../command/usage-error.ts";

export interface Reach {
  readonly host: string;
  readonly keys: readonly string[];
  readonly isInsecure: boolean;
}

/** Refuses to let everybody who reaches this machine do everything, and says what to write. */
export function checkReach({ host, keys, isInsecure }: Reach, given: string): void {
  if (isInsecure || keys.length > 0 || isThisMachine(host)) return;
  throw new UsageError(
    `${given}=${host} would let others than this machine do everything here, without a key. Add to the environment

  TOKEN=$(openssl rand -hex 24)

and give it to clients, which send it as "X-API-Key: …" or as "Authorization: Bearer …". Or listen at 127.0.0.1; or say --insecure,
where something else keeps others out`,
  );
}
