import { HttpError } from "../errors/http-error.ts";
import type { RequestMessage } from "./chat-request.ts";

/**
 * The text of a content that can only be text: of several parts a line for each.
 *
 * @throws HttpError 400 where a part is something else
 */
export function textOf(content: RequestMessage["content"], place: number): string {
  if (content === undefined || typeof content === "string") return content ?? "";
  const texts = content.map(({ type = "text", text = "" }, at) => {
    if (type === "text") return text;
    const param = `messages.${place}.content.${at}`;
    throw new HttpError(
      400,
      `${param} expects a part of type text here; images and files belong to the user's messages`,
      {
        param,
      },
    );
  });
  return texts.join("\n");
}
