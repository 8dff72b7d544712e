/** Whether two addresses lead to one server, to which the same credentials belong. What is no address leads nowhere. */
export function isSameOrigin(one: string | undefined, other: string | undefined): boolean {
  return originOf(one) !== undefined && originOf(one) === originOf(other);
}

function originOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;
}
