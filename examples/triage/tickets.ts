/** What the demonstration works on where nobody gives it something else. */
export const TICKET =
  "Hello, since this morning our whole team gets error 502 when we open the dashboard. We cannot ship any orders. Please help! – Dana Reyes, order 88213";

/** Ten tickets with what whoever reads them would decide, and that are none of the examples in the chain's prompt. */
export const TICKETS = [
  { text: TICKET, decision: "urgent" },
  { text: "Every payment is charged twice today. Customers call us, and we are losing money!", decision: "urgent" },
  { text: "Your API answers every request with status 500 since 10:04. Our shop is offline.", decision: "urgent" },
  { text: "Somebody broke into our account, and customer records are being deleted right now.", decision: "urgent" },
  { text: "The scanners in all our warehouses have stopped working, and trucks are waiting.", decision: "urgent" },
  { text: "Could you please send me the receipt for May? Thanks, Bob", decision: "normal" },
  { text: "How do I add a colleague to my team?", decision: "normal" },
  { text: "It would be nice to have a dark mode in the mobile app.", decision: "normal" },
  { text: "I would like to use another e-mail address for my account.", decision: "normal" },
  { text: "Do you have a discount for schools?", decision: "normal" },
];
