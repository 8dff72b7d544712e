/**
 * What usually goes with labels that people give to messages. Without it the stand-in could only choose a label whose own word
 * is in the text. A label belongs to a row when it, or a part of it, is among `labels`.
 */
export const HINTS: readonly { readonly labels: string; readonly signs: string }[] = [
  {
    labels: "urgent, high, critical, emergency, p1, immediate, important, severe, escalate, page",
    signs:
      "urgent, urgently, asap, immediately, right now, right away, emergency, down, outage, offline, production, all users, everyone, nobody can, no one can, losing, lose money, data loss, breach, hacked, stolen, unauthorized, leaked, fire, critical, deadline, today, tonight, within the hour, stopped working, cannot work, can't work, blocked, fraud, security",
  },
  {
    labels: "normal, low, minor, routine, standard, regular, p3, p4, later",
    signs:
      "not urgent, no rush, no hurry, whenever, when you have time, no need to hurry, not important, wondering, curious, question, suggestion, feature request, nice to have, feedback, next month, some day, typo, small",
  },
  {
    labels: "billing, payment, payments, invoice, invoices, finance, refund, charge",
    signs:
      "invoice, bill, billed, billing, charge, charged, twice, refund, payment, pay, paid, card, credit card, subscription, price, receipt, vat, tax, money, overcharged, debit, discount, coupon, €, $, £, eur, usd",
  },
  {
    labels: "technical, tech, bug, error, engineering, incident, outage, software, it",
    signs:
      "error, crash, bug, site is down, website, server, api, app, timeout, 500, 502, 503, production, slow, loading, load, blank page, screen, exception, update, export, import, button, sync, install, database, upload, download, stack trace, freezes, version, broken, offline, checkout, nothing works, failing, fails, leaked, webhook, does not work, doesn't work",
  },
  {
    labels: "account, login, access, profile, password, authentication, auth, user",
    signs:
      "password, log in, login, logged out, sign in, account, my email address, profile, username, two factor, 2fa, reset, locked out, locked, access, delete my account, close my account, verification code, authenticator",
  },
  {
    labels: "shipping, delivery, logistics, shipment, parcel, order",
    signs:
      "parcel, package, deliver, delivered, delivery, arrive, arrived, shipping, shipped, shipment, tracking, courier, order, my order, address, delayed, carrier, in transit, warehouse",
  },
  {
    labels: "returns, return, exchange",
    signs: "send back, exchange, wrong size, damaged, faulty, defective, wrong item, broken on arrival",
  },
  {
    labels: "sales, pricing, presales, lead",
    signs: "quote, demo, pricing, enterprise, buy, purchase, seats, licences, licenses, trial, upgrade, offer, plans",
  },
  {
    labels: "spam, junk, phishing",
    signs: "winner, prize, lottery, click here, free money, casino, crypto, viagra, congratulations",
  },
  {
    labels: "positive, happy, satisfied, good, praise, compliment",
    signs:
      "love, great, excellent, amazing, happy, perfect, wonderful, fantastic, good, works well, well done, awesome, best, helpful, fast, recommend, delighted, pleased, thank you so much",
  },
  {
    labels: "negative, unhappy, angry, bad, complaint, dissatisfied, frustrated",
    signs:
      "hate, terrible, awful, bad, worst, angry, disappointed, disappointing, broken, useless, poor, slow, rude, never again, unacceptable, furious, not happy, not good, not great, does not work, doesn't work, waste, fails, failed, crash, frustrating, annoyed, damaged, faulty, missing, charged twice, not arrived, never arrived, lost",
  },
];

/** A text that gives no sign of any label gets one of these, where they are among the labels. */
export const NEUTRAL_LABELS = [
  "other",
  "normal",
  "neutral",
  "general",
  "none",
  "unknown",
  "default",
  "misc",
  "medium",
  "low",
  "no",
  "false",
];
