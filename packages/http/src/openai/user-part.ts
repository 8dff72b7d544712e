import type { LanguageModelPrompt } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import type { RequestPart } from "./chat-request.ts";

type UserPart = Extract<LanguageModelPrompt[number], { role: "user" }>["content"][number];

const DATA_URL = /^data:([^;,]+)(?:;[^;,]*)*?;base64,/i;

/**
 * A part of what a user says: text, an image, sound, or a file. Nothing is fetched here: an address goes to the provider as it is.
 *
 * @throws HttpError 400
 */
export function userPart(part: RequestPart, param: string): UserPart {
  const { type = "text", text, image_url, input_audio, file } = part;
  if (type === "text" && text !== undefined) return { type: "text", text };
  if (type === "image_url" && image_url !== undefined) {
    return imagePart(typeof image_url === "string" ? image_url : image_url.url, param);
  }
  if (type === "input_audio" && input_audio !== undefined) {
    const { data, format } = input_audio;
    return { type: "file", mediaType: `audio/${format === "mp3" ? "mpeg" : format}`, data: { type: "data", data } };
  }
  if (type === "file" && file?.file_data !== undefined) {
    const { mediaType = "application/pdf", data } = inlineData(file.file_data);
    const named = file.filename === undefined ? {} : { filename: file.filename };
    return { type: "file", mediaType, data: { type: "data", data }, ...named };
  }
  throw unknownPart(type, param);
}

function imagePart(address: string, param: string): UserPart {
  const { mediaType, data } = inlineData(address);
  if (mediaType !== undefined) return { type: "file", mediaType, data: { type: "data", data } };
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new HttpError(400, `${param} expects an image as a data: URL in base64, or as an http or https address`, {
      param,
    });
  }
  return { type: "file", mediaType: "image/*", data: { type: "url", url } };
}

function inlineData(address: string): { readonly mediaType?: string; readonly data: string } {
  const head = DATA_URL.exec(address);
  const mediaType = head?.[1];
  return mediaType === undefined ? { data: address } : { mediaType, data: address.slice(head?.[0].length) };
}

function unknownPart(type: string, param: string): HttpError {
  const shown = JSON.stringify(type.slice(0, 40));
  return new HttpError(
    400,
    `${param} expects a part of type text, image_url, input_audio or file (with its file_data), and what belongs to it; got one of type ${shown}`,
    { param },
  );
}
