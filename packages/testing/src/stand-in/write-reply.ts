import { readFacts } from "./facts.ts";
import { signStrength } from "./signs.ts";
import { splitSentences } from "./split-sentences.ts";
import { atMost, summarise } from "./summarise.ts";

/**
 * A short, polite reply to a message, made of what is in it: the writer's name, what the matter is, the order. What the
 * instruction wants said (`Say that …`) is said.
 */
export function writeReply(message: string, instruction = ""): string {
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
  const wanted = saidThat(instruction);
  if (wanted !== "") return `${greeting} thank you for your message.${about}${wanted}`;
  return `${greeting} thank you for your message.${about}${order}${next}`;
}

/** `Say that their ticket is T-1 and that we answer soon.` becomes ` Your ticket is T-1 and we answer soon.` */
function saidThat(instruction: string): string {
  return splitSentences(instruction)
    .flatMap(
      (sentence) =>
        /^(?:please )?(?:also )?(?:say|mention|add|tell (?:him|her|them|the customer)) that (.{1,400})$/is.exec(
          sentence,
        )?.[1] ?? [],
    )
    .map((said) =>
      said
        .replace(/ and that /gi, " and ")
        .replace(/\btheirs?\b/gi, "your")
        .replace(/\bthey\b/gi, "you"),
    )
    .map((said) => ` ${said.slice(0, 1).toUpperCase()}${said.slice(1).replace(/\.?$/, ".")}`)
    .join("");
}
