import type { LanguageModelPrompt } from "@catenary/core";
import { messageText } from "../prompt-text.ts";
import { isTask, splitText } from "./split-text.ts";

/** What the stand-in takes from a prompt. */
export interface Reading {
  /** What is asked. */
  readonly instruction: string;
  /** The text that it is asked about. Empty where there is none. */
  readonly material: string;
  /** The prompt says where the material is, even where there is none. */
  readonly isMarked: boolean;
  /** What was said before the last user message. */
  readonly background: string;
  /** Texts with the answers that were given to them before. */
  readonly examples: readonly Example[];
  /** What tools answered since the last user message. */
  readonly toolResults: readonly string[];
}

export interface Example {
  readonly text: string;
  readonly answer: string;
}

/** What an answer is taken from: the material, or the whole prompt where nothing sets it apart. */
export function subjectOf({ material, instruction, isMarked }: Reading): string {
  return material === "" && !isMarked ? instruction : material;
}

/** So much of a text is read; the middle of a longer one is passed over. */
export const MOST_CHARACTERS = 20_000;

export function readPrompt(prompt: LanguageModelPrompt): Reading {
  const last = prompt.findLastIndex((message) => message.role === "user");
  const system = shorten(textOf(prompt.filter((message) => message.role === "system")));
  const user = shorten(last < 0 ? "" : textOf(prompt.slice(last, last + 1)));
  const split = splitText(user);
  // With the task in the system message, everything that the user says is material, questions too.
  const isMarked = split.isMarked === true;
  const isMaterial = !isMarked && isTask(system) && !isTask(split.instruction);
  return {
    instruction: (isMaterial ? system : `${system}\n${split.instruction}`).trim(),
    material: isMaterial ? user.trim() : split.material,
    isMarked,
    background: shorten(textOf(prompt.slice(0, Math.max(last, 0)))),
    examples: [...exampleTurns(prompt.slice(0, Math.max(last, 0))), ...exampleLines(`${system}\n${user}`)],
    toolResults: prompt.slice(last + 1).flatMap(resultsOf),
  };
}

function textOf(messages: LanguageModelPrompt): string {
  return messages.map(messageText).join("\n").trim();
}

function shorten(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const half = MOST_CHARACTERS / 2;
  return `${text.slice(0, half)}\n${text.slice(-half)}`;
}

/** A user's message and the answer to it. */
function exampleTurns(messages: LanguageModelPrompt): Example[] {
  return messages.flatMap((message, at) => {
    const before = messages[at - 1];
    if (message.role !== "assistant" || before?.role !== "user") return [];
    return [{ text: shorten(messageText(before)), answer: messageText(message).trim() }];
  });
}

/** Lines such as `I was charged twice -> billing`, and pairs such as `Ticket: …` with `Answer: billing` under it. */
function exampleLines(text: string): Example[] {
  const lines = text.split("\n");
  return lines.flatMap((line, at) => {
    const pair =
      /^[ \t]*(?:answer|label|category|class|output|result|sentiment|priority)[ \t]*:[ \t]*(\S.{0,60})$/i.exec(line);
    const [, before] = /^[ \t]*[\p{L}-]{1,20}[ \t]*:(.*)$/u.exec(lines[at - 1] ?? "") ?? [];
    if (pair?.[1] !== undefined && before !== undefined) return [{ text: before, answer: cleanAnswer(pair[1]) }];
    const arrow = line.match(/ ?(?:=>|->|→) ?/);
    if (arrow?.index === undefined) return [];
    const answer = line.slice(arrow.index + arrow[0].length).trim();
    return answer === "" ? [] : [{ text: line.slice(0, arrow.index), answer: cleanAnswer(answer) }];
  });
}

/** Also of an answer in the shape that servers hold their models to. */
function cleanAnswer(answer: string): string {
  const [, inside = answer] = /^\{\s*"answer"\s*:\s*("[^"]*")\s*\}$/.exec(answer.trim()) ?? [];
  return inside.trim().replace(/^["'`]|["'`.]+$/g, "");
}

function resultsOf(message: LanguageModelPrompt[number]): string[] {
  if (message.role !== "tool") return [];
  return message.content.flatMap((part) => {
    if (part.type !== "tool-result") return [];
    const { output } = part;
    if (output.type === "text" || output.type === "error-text") return [shorten(output.value)];
    return output.type === "json" || output.type === "error-json" ? [shorten(JSON.stringify(output.value))] : [];
  });
}
