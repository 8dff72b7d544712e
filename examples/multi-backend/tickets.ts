/** What customers write. */
export const TICKETS = [
  "I was charged twice for the invoice of May.",
  "The app crashes with an error when I open the dashboard.",
  "Where do I change the colour of my profile?",
  "Please refund order 88213, it never arrived.",
  "Nobody in our company can log in since this morning.",
  "Do you have an office in Lisbon?",
  "The export stops with error 502.",
  "My card was declined although it is valid.",
];
