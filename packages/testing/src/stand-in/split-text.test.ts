import { describe, expect, test } from "vitest";
import { splitText } from "./split-text.ts";

describe("a prompt is taken apart", () => {
  test.each([
    ["by a fence", 'Summarise the text.\n"""\nIt rained.\n"""', "Summarise the text.", "It rained."],
    ["by a tag", "<ticket>It broke.</ticket>\nAnswer urgent or normal.", "Answer urgent or normal.", "It broke."],
    ["by a heading", "Is it urgent?\nTicket: It broke.\nAnswer:", "Is it urgent?", "It broke."],
    ["by the last of the same headings", "Rate it.\nText: a\nScore: 1\nText: b\nScore:", "Rate it.", "b"],
    [
      "by a heading whose text has headings",
      "Sort it.\nTicket: Hi\nMessage: It broke.",
      "Sort it.",
      "Hi\nMessage: It broke.",
    ],
    ["by a question under a context", "Context: It rained.\nQuestion: Did it rain?", "Did it rain?", "It rained."],
    ["by paragraphs", "Is it urgent?\n\nHello.\n\nIt broke.", "Is it urgent?", "Hello.\n\nIt broke."],
    [
      "by paragraphs, the task last",
      "Hello.\n\nIt broke.\n\nSummarise this.",
      "Summarise this.",
      "Hello.\n\nIt broke.",
    ],
    ["by a colon", "Write a short reply to: The site is down!", "Write a short reply to", "The site is down!"],
    ["by sentences", "Is it urgent? Answer yes or no. It broke.", "Is it urgent? Answer yes or no.", "It broke."],
    ["by sentences, the task last", "It broke. Summarise this.", "Summarise this.", "It broke."],
    [
      "though the text has a fence",
      "Is it urgent?\n\nIt broke:\n```\nstack\n```",
      "Is it urgent?",
      "It broke:\n```\nstack\n```",
    ],
    ["not at the colon of a list", "Answer with one of: a, b. It broke.", "Answer with one of: a, b.", "It broke."],
    ["where nothing is asked", "It broke.", "", "It broke."],
    ["where nothing is given", "What is the capital of France?", "What is the capital of France?", ""],
  ])("%s", (_how, prompt, instruction, material) => {
    expect(splitText(prompt)).toMatchObject({ instruction, material });
  });

  test("and an empty place for the text is one", () => {
    expect(splitText("Is it urgent?\nTicket: \nAnswer:")).toEqual({
      instruction: "Is it urgent?",
      material: "",
      isMarked: true,
    });
  });
});
