import { describe, expect, it } from "vitest";
import { sentBy } from "../tests/sent-by.ts";

describe("the images of a prompt", () => {
  it("sends images as base64, however they were given", async () => {
    const bytes = new Uint8Array([1, 2, 250]);
    const base64 = "AQL6";
    for (const data of [
      { type: "data", data: bytes },
      { type: "data", data: base64 },
      { type: "data", data: `data:image/png;base64,${base64}` },
      { type: "url", url: new URL(`data:image/png;base64,${base64}`) },
    ] as const) {
      for (const mediaType of ["image/png", "image"]) {
        const content = [{ type: "file" as const, mediaType, data }];
        expect(await sentBy({ prompt: [{ role: "user", content }] })).toHaveProperty("messages", [
          { role: "user", content: "", images: [base64] },
        ]);
      }
    }
  });

  it.each([
    ["an image that is somewhere else", "image/png", { type: "url", url: new URL("https://pictures.example/a.png") }],
    ["a file that is no image", "application/pdf", { type: "data", data: new Uint8Array([1]) }],
  ] as const)("refuses %s instead of dropping it", async (_name, mediaType, data) => {
    const call = sentBy({ prompt: [{ role: "user", content: [{ type: "file", mediaType, data }] }] });
    await expect(call).rejects.toMatchObject({ code: "model_failed", failure: "bad_request" });
    await expect(call).rejects.toThrow("Ollama takes images as data");
  });
});
