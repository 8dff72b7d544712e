import { readFacts } from "./facts.ts";
import { signStrength } from "./signs.ts";
import { atMost, summarise } from "./summarise.ts";

/** A short, polite reply to a message, made of what is in it: the writer's name, what the matter is, the order. */
export function writeReply(message: string): string {
  const { names, ids } = readFacts(message);
  const greeting = names[0] === undefined ? "Hello," : `Hello ${names[0]},`;
  const matter = atMost(summarise(message, 1), 25).replace(/[.!?]+$/, "");
  const about = matter === "" ? "" : ` You wrote: “${matter}”.`;
  const order = ids[0] === undefined || matter.includes(ids[0]) ? "" : ` This is about ${ids[0]}.`;
  const isTrouble =
    signStrength("negative", message) + signStrength("urgent", message) > signStrength("positive", message);
  const next = isTrouble
    ? " We are sorry for the trouble and are looking into it now."
    : " We will come back to you shortly.";
  return `${greeting} thank you for your message.${about}${order}${next}`;
}
