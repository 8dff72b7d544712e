/** What can be read off a text without understanding it, each list in the order of the text. */
export interface Facts {
  readonly emails: readonly string[];
  readonly urls: readonly string[];
  readonly phones: readonly string[];
  /** Order numbers, tickets, invoices: `A-1042`, `#12345`. */
  readonly ids: readonly string[];
  readonly amounts: readonly Amount[];
  /** Dates as `2026-03-14`. */
  readonly dates: readonly string[];
  readonly numbers: readonly number[];
  /** Who wrote the text, where it says so. */
  readonly names: readonly string[];
  /** Capitalised words inside a sentence: places, products, people. */
  readonly properNouns: readonly string[];
}

export interface Amount {
  readonly value: number;
  /** ISO 4217. */
  readonly currency: string;
}

export function readFacts(text: string): Facts {
  const emails = all(text, /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g);
  const urls = all(text, /https?:\/\/[^\s<>"')\]]{1,500}/g).map((url) => url.replace(/[.,;:!?]+$/, ""));
  const phones = all(text, /(?<![\w-])(?:\+\d{1,3}|0)[\d ()/-]{6,18}\d(?![\w-])/g);
  const ids = readIds(text);
  const dates = readDates(text);
  return {
    emails,
    urls,
    phones,
    ids,
    amounts: readAmounts(text),
    dates,
    numbers: readNumbers(without(text, [...emails, ...urls, ...phones, ...ids, ...all(text, DATE)])),
    names: readNames(text),
    properNouns: all(text, /(?<=[\p{Ll}\p{N},;] )\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,3}/gu),
  };
}

function all(text: string, pattern: RegExp): string[] {
  return [...new Set(Array.from(text.matchAll(pattern), ([match]) => match))];
}

function without(text: string, pieces: readonly string[]): string {
  return pieces.reduce((rest, piece) => rest.replaceAll(piece, " "), text);
}

function readIds(text: string): string[] {
  const coded = all(text, /(?<![\w-])#?[A-Z]{1,6}-?\d{2,12}(?:-\d{1,12})*(?![\w-])/g);
  const numbered = Array.from(
    text.matchAll(
      /(?:\b(?:order|ticket|invoice|case|customer|booking|reference|ref|tracking)(?: (?:number|no\.?|id))?[ :]{1,2}#?|#)([A-Za-z]{0,6}-?\d{2,12}(?:-\d{1,12})*)(?![\w-])/gi,
    ),
    ([, id = ""]) => id,
  );
  return [...new Set([...coded.map((id) => id.replace(/^#/, "")), ...numbered])].filter((id) => id !== "");
}

function readAmounts(text: string): Amount[] {
  const number = "\\d{1,3}(?:[,']\\d{3})+(?:\\.\\d{1,2})?|\\d{1,12}(?:[.,]\\d{1,2})?";
  const pattern = new RegExp(
    `(€|\\$|£|\\b(?:EUR|USD|GBP|CHF) )\\s?(${number})(?![\\w])|(?<![\\w.,-])(${number})\\s?(€|\\$|£|(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?)\\b)`,
    "gi",
  );
  return Array.from(text.matchAll(pattern), (match) => ({
    value: toNumber(match[2] ?? match[3] ?? ""),
    currency: toCurrency(match[1] ?? match[4] ?? ""),
  }));
}

function toCurrency(sign: string): string {
  const key = sign.trim().toLowerCase();
  if (key === "€" || key.startsWith("eur")) return "EUR";
  if (key === "£" || key.startsWith("pound") || key === "gbp") return "GBP";
  return key === "chf" ? "CHF" : "USD";
}

function readNumbers(text: string): number[] {
  return Array.from(text.matchAll(/(?<![\w.-])-?\d[\d,']{0,20}(?:\.\d{1,10})?(?![\d-])/g), ([digits]) =>
    toNumber(digits),
  );
}

function toNumber(digits: string): number {
  // A comma before one or two final digits is a decimal comma; every other one groups.
  return Number(digits.replace(/,(\d{1,2})$/, ".$1").replace(/[,']/g, ""));
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH_NAMES =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const DATE = new RegExp(
  [
    "\\b(?<iso>\\d{4}-\\d{2}-\\d{2})\\b",
    "\\b(?<day>\\d{1,2})\\.(?<month>\\d{1,2})\\.(?<year>\\d{4})\\b",
    `\\b(?<day2>\\d{1,2})(?:st|nd|rd|th)? (?:of )?(?<name2>${MONTH_NAMES}),? (?<year2>\\d{4})\\b`,
    `\\b(?<name3>${MONTH_NAMES}) (?<day3>\\d{1,2})(?:st|nd|rd|th)?,? (?<year3>\\d{4})\\b`,
  ].join("|"),
  "gi",
);

function readDates(text: string): string[] {
  const dates = Array.from(text.matchAll(DATE), ({ groups = {} }) => {
    if (groups.iso !== undefined) return groups.iso;
    const year = groups.year ?? groups.year2 ?? groups.year3 ?? "";
    const day = groups.day ?? groups.day2 ?? groups.day3 ?? "";
    const name = groups.name2 ?? groups.name3;
    const month = name === undefined ? Number(groups.month) : MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
    return `${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`;
  });
  return [...new Set(dates)].filter((date) => {
    const read = new Date(`${date}T00:00:00Z`);
    // A day that the month does not have would roll over into the next.
    return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date);
  });
}

function readNames(text: string): string[] {
  const name = "(\\p{Lu}[\\p{L}'’-]{1,30}(?: \\p{Lu}[\\p{L}'’-]{1,30}){0,2})";
  const patterns = [
    new RegExp(`(?:[Mm]y name is|[Tt]his is|I am|I'm) ${name}`, "gu"),
    new RegExp(
      `(?:[Rr]egards|[Tt]hanks|[Tt]hank you|[Cc]heers|[Ss]incerely|[Yy]ours|[Bb]est)[,!.]?\\s{1,4}${name}\\s*[.!]?\\s*$`,
      "gu",
    ),
    new RegExp(`(?:^|\\n)\\s*[–—-]{1,2} ?${name}\\s*$`, "gu"),
    new RegExp(`(?:^|\\n)(?:From|Name|Customer): ?${name}`, "gu"),
  ];
  return [...new Set(patterns.flatMap((pattern) => Array.from(text.matchAll(pattern), ([, found = ""]) => found)))];
}
