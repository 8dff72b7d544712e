const V4 = /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/i;

/** Whether an address is this machine's own. */
export function isLoopback(address: string): boolean {
  return address === "::1" || address === "0:0:0:0:0:0:0:1" || V4.test(address);
}
