import type { LanguageModelV3DataContent, SharedV4FileData } from "@ai-sdk/provider";
import { ModelError } from "@catenary/core";

/**
 * A file's contents in the words of v3, which knows bytes, base64 and addresses.
 *
 * @throws ModelError of the class `bad_request` where it only has the provider's name for the file.
 */
export function dataForV3(file: SharedV4FileData): LanguageModelV3DataContent {
  switch (file.type) {
    case "data":
      return file.data;
    case "url":
      return file.url;
    case "text":
      return new TextEncoder().encode(file.text);
    case "reference":
      throw new ModelError(
        "a file that was uploaded to the provider cannot be named to a model of an older version of the AI SDK's provider specification: send its contents",
        { failure: "bad_request" },
      );
  }
}

/** v4 may say `image`, where v3 says `image/*`. */
export function mediaTypeForV3(mediaType: string): string {
  return mediaType.includes("/") ? mediaType : `${mediaType}/*`;
}

/** Bytes as base64, where a version takes nothing else. */
export function toBase64(data: Uint8Array | string): string {
  if (typeof data === "string") return data;
  let binary = "";
  for (const byte of data) binary += String.fromCharCode(byte);
  return btoa(binary);
}
