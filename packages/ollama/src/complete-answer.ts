type Fields = Readonly<Record<string, unknown>>;

/**
 * A chat answer, or a line of one, with the fields that the provider insists on: servers that speak Ollama's language may leave out
 * which model it was, when, and the words beside calls of tools. What is no chat answer stays as it is.
 */
export function completeAnswer(value: Fields, model: string): Fields {
  const { message } = value;
  if (typeof message !== "object" || message === null) return value;
  const saysNothing = "tool_calls" in message && !("content" in message);
  if (typeof value.model === "string" && typeof value.created_at === "string" && !saysNothing) return value;
  return {
    model,
    created_at: new Date(0).toISOString(),
    ...value,
    message: saysNothing ? { content: "", ...message } : message,
  };
}

/** The same of an answer that comes in one piece. */
export async function completeResponse(response: Response, model: string): Promise<Response> {
  const text = await response.text();
  return new Response(isComplete(text) ? text : completeText(text, model), { headers: response.headers });
}

/** Nearly every answer is, and need not be read twice to see it. */
function isComplete(text: string): boolean {
  return text.includes('"model"') && text.includes('"created_at"') && text.includes('"content"');
}

function completeText(text: string, model: string): string {
  try {
    const value: unknown = JSON.parse(text);
    // Safe: only fields that are looked at before they are used are read from it.
    return typeof value === "object" && value !== null ? JSON.stringify(completeAnswer(value as Fields, model)) : text;
  } catch {
    return text;
  }
}
