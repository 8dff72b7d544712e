import type { LocalHook } from "@catenary/core";

/** A ticket system that is busy on the first call of every run, as such systems are; the chain's retry deals with it. */
export function createTicketSystem(): { readonly page_on_call: LocalHook; readonly file_ticket: LocalHook } {
  let next = 4711;
  const open =
    (team: string, within: string): LocalHook =>
    ({ attempt }) => {
      if (attempt === 1) throw new Error("the ticket system is busy (staged: it always is at the first call)");
      return { ticket: String(next++), team, within };
    };
  return { page_on_call: open("the engineer on call", "15 minutes"), file_ticket: open("our support team", "one day") };
}
