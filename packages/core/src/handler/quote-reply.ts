const LONGEST_QUOTE = 60;

/** Enough of a reply to see what went wrong. */
export function quoteReply(reply: string): string {
  return reply.length <= LONGEST_QUOTE ? JSON.stringify(reply) : `${JSON.stringify(reply.slice(0, LONGEST_QUOTE))}…`;
}
