/** Tickets that were sorted before. */
const SORTED: readonly (readonly [ticket: string, answer: "urgent" | "normal"])[] = [
  ["How do I change the colour of my profile?", "normal"],
  ["Nobody in our company can log in since ten minutes.", "urgent"],
  ["Please send last month's invoice again.", "normal"],
  ["Checkout fails for all customers!", "urgent"],
  ["Can I pay once a year?", "normal"],
  ["All our files have vanished and we cannot work!", "urgent"],
  ["Where do I find the list of my orders?", "normal"],
  ["The website is down, nobody can buy anything.", "urgent"],
  ["I would like a bigger font.", "normal"],
  ["Every order is lost since this morning.", "urgent"],
];

/**
 * What shows a model how to sort: small ones do what they see done, and not what they are told. So there are as many of one kind
 * as of the other, in turns, and the answers look as those that backends hold their models to.
 */
export const EXAMPLES = SORTED.map(([ticket, answer]) => `Ticket: ${ticket}\nAnswer: {"answer": "${answer}"}`).join(
  "\n",
);
