import { type LanguageModelPrompt, ModelError } from "@catenary/core";

type UserPart = Extract<LanguageModelPrompt[number], { role: "user" }>["content"][number];

/**
 * The prompt with its images as base64 text, which is all that the provider can pass on.
 *
 * @throws ModelError A file that is no image, or an image that is not there as data: the provider would drop it silently.
 */
export function correctPrompt(prompt: LanguageModelPrompt, model: string): LanguageModelPrompt {
  return prompt.map((message) =>
    message.role === "user"
      ? { ...message, content: message.content.map((part) => (part.type === "file" ? asImage(part, model) : part)) }
      : message,
  );
}

function asImage(part: Extract<UserPart, { type: "file" }>, model: string): UserPart {
  if (!/^image($|\/)/.test(part.mediaType)) throw refused(`a file of type ${part.mediaType}`, model);
  // The provider looks for the slash.
  const mediaType = part.mediaType.includes("/") ? part.mediaType : "image/*";
  const { data } = part;
  if (data.type === "data") return { ...part, mediaType, data: { type: "data", data: toBase64(data.data) } };
  const inline = data.type === "url" && /^data:[^,]*;base64,(.*)$/s.exec(String(data.url));
  if (inline) return { ...part, mediaType, data: { type: "data", data: inline[1] ?? "" } };
  throw refused(`an image given as a ${data.type}`, model);
}

function toBase64(data: string | Uint8Array): string {
  if (typeof data === "string") return data.replace(/^data:[^,]*,/, "");
  let binary = "";
  for (const byte of data) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function refused(what: string, model: string): ModelError {
  return new ModelError(`Ollama takes images as data, but got ${what}; load it before the call`, {
    failure: "bad_request",
    model,
  });
}
