import type { PromptValues } from "./prompt.ts";

/** The prompt in the language's own strings. */
export function literal(v: PromptValues): string {
  let out = `You are ${v.role}, an assistant for ${v.company.name}. Today is ${v.date}. Answer in ${v.language}.\n`;
  if (v.instructions !== "") out += `Instructions: ${v.instructions}\n`;
  out += "Context:\n";
  for (const doc of v.docs) out += `[${doc.id}] ${doc.title}: ${doc.text}\n`;
  out += "Conversation:\n";
  for (const message of v.messages) out += `${message.role}: ${message.content}\n`;
  return `${out}Question: ${v.question}`;
}

type Piece = (values: Readonly<Record<string, unknown>>) => string;

/** The least that a template without generated code can be: a list of functions. Knows fields, `if` and `range`, and no mistakes. */
export function closures(source: string): Piece {
  const open: Piece[][] = [[]];
  let at = 0;
  for (const match of source.matchAll(/\{\{(?:(if|range) )?(?:\.([\w.]+)|end)\}\}/g)) {
    const text = source.slice(at, match.index);
    if (text !== "") open.at(-1)?.push(() => text);
    at = match.index + match[0].length;
    const [, block, path] = match;
    if (path === undefined) {
      open.pop();
    } else if (block === undefined) {
      const read = reader(path);
      open.at(-1)?.push((values) => String(read(values)));
    } else {
      // The list is filled until the block's end comes.
      const pieces: Piece[] = [];
      open.at(-1)?.push(block === "if" ? optional(reader(path), pieces) : repeated(reader(path), pieces));
      open.push(pieces);
    }
  }
  const rest = source.slice(at);
  open[0]?.push(() => rest);
  return joined(open[0] ?? []);
}

type Read = (values: Readonly<Record<string, unknown>>) => unknown;

function reader(path: string): Read {
  const [first = "", ...others] = path.split(".");
  if (others.length === 0) return (values) => values[first];
  return (values) => others.reduce<unknown>((value, name) => fieldOf(value, name), values[first]);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function optional(read: Read, pieces: readonly Piece[]): Piece {
  const write = joined(pieces);
  return (values) => (read(values) ? write(values) : "");
}

function repeated(read: Read, pieces: readonly Piece[]): Piece {
  const write = joined(pieces);
  return (values) => {
    const list = read(values);
    if (!Array.isArray(list)) return "";
    let out = "";
    for (const item of list) out += write(item);
    return out;
  };
}

function joined(pieces: readonly Piece[]): Piece {
  return (values) => {
    let out = "";
    for (const piece of pieces) out += piece(values);
    return out;
  };
}
