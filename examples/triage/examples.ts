/** Tickets that were sorted before. */
const SORTED = [
  { ticket: "How do I change the colour of my profile?", answer: "normal" },
  { ticket: "Nobody in our company can log in since ten minutes.", answer: "urgent" },
  { ticket: "Please send last month's invoice again.", answer: "normal" },
  { ticket: "Checkout fails for all customers!", answer: "urgent" },
  { ticket: "Can I pay once a year?", answer: "normal" },
  { ticket: "All our files have vanished and we cannot work!", answer: "urgent" },
  { ticket: "Where do I find the list of my orders?", answer: "normal" },
  { ticket: "The website is down, nobody can buy anything.", answer: "urgent" },
  { ticket: "I would like a bigger font.", answer: "normal" },
  { ticket: "Every order is lost since this morning.", answer: "urgent" },
];

/**
 * What shows a model how to sort: small ones do what they see done, and not what they are told. So there are as many of one kind
 * as of the other, in turns, and the answers look as those that backends hold their models to.
 */
export const EXAMPLES = SORTED.map(({ ticket, answer }) => `Ticket: ${ticket}\nAnswer: {"answer": "${answer}"}`).join(
  "\n",
);
