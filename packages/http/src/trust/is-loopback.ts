const V4 = /^(?:::ffff:)?127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/i;

/** Whether an address is this machine's own. */
export function isLoopback(address: string): boolean {
  return address === "::1" || address === "0:0:0:0:0:0:0:1" || V4.test(address);
}
