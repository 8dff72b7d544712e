import { BlockList, isIP } from "node:net";
import { UsageError } from "../command/usage-error.ts";

const THIS_MACHINE = new BlockList();
THIS_MACHINE.addSubnet("127.0.0.0", 8, "ipv4");
THIS_MACHINE.addAddress("::1", "ipv6");

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

/** Whether nobody else reaches what listens there. */
export function isThisMachine(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return host === "localhost";
  return THIS_MACHINE.check(host, family === 6 ? "ipv6" : "ipv4");
}
