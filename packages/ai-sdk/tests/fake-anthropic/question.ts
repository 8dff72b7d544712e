export type Body = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function records(value: unknown): Body[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** What was said last. */
export function lastText(body: Body): string {
  return records(records(body.messages).at(-1)?.content)
    .map(({ text }) => (typeof text === "string" ? text : ""))
    .join("");
}

/** Whether the last thing is what a tool gave. */
export function isAfterTool(body: Body): boolean {
  return records(records(body.messages).at(-1)?.content).some(({ type }) => type === "tool_result");
}

/** The JSON Schema of the answer, where the model's own structured output is asked for. */
export function schemaOf({ output_config: config, output_format: format }: Body): unknown {
  const asked = isRecord(config) ? config.format : format;
  return isRecord(asked) ? asked.schema : undefined;
}
