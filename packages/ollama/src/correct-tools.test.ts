import type { LanguageModelCallOptions } from "@catenary/core";
import { createFakeOllama } from "@catenary/testing";
import { expect, it } from "vitest";
import { question } from "../tests/sent-by.ts";
import { ollama } from "./ollama.ts";

const modelOn = (fake: ReturnType<typeof createFakeOllama>) => ollama({ fetch: fake }).languageModel("llama3.2");

it("meets a choice of tools by what it offers, and warns where Ollama cannot be made to obey", async () => {
  const tool = (name: string) => ({ type: "function" as const, name, inputSchema: { type: "object" as const } });
  const tools = [tool("a"), tool("b")];
  const offered = async (toolChoice: LanguageModelCallOptions["toolChoice"]) => {
    const fake = createFakeOllama();
    const { warnings } = await modelOn(fake).doGenerate({
      prompt: question("hi"),
      tools,
      ...(toolChoice && { toolChoice }),
    });
    const names = JSON.stringify(fake.requests.at(-1)?.body).match(/"name":"\w"/g) ?? [];
    expect(fake.requests.at(-1)?.body).not.toHaveProperty("tool_choice");
    return { names: names.map((name) => name.at(-2)).join(""), warned: warnings.length > 0 };
  };
  expect(await offered(undefined)).toEqual({ names: "ab", warned: false });
  expect(await offered({ type: "auto" })).toEqual({ names: "ab", warned: false });
  expect(await offered({ type: "none" })).toEqual({ names: "", warned: false });
  expect(await offered({ type: "required" })).toEqual({ names: "ab", warned: true });
  expect(await offered({ type: "tool", toolName: "b" })).toEqual({ names: "b", warned: true });
});
