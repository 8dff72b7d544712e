import { expect, test } from "vitest";
import { unless, whyNoDownloader } from "../../tests/weights/needs.ts";
import { hubAddress } from "./hub-address.ts";

test("the hub is where the environment says, with a slash at its end", async () => {
  expect(await hubAddress({ HF_ENDPOINT: "http://127.0.0.1:1" })).toBe("http://127.0.0.1:1/");
  expect(await hubAddress({ HF_ENDPOINT: "http://a/", MODEL_ENDPOINT: "http://b/x" })).toBe("http://b/x/");
});

const reason = await whyNoDownloader();

test.skipIf(reason !== undefined)(`else it is where node-llama-cpp has it${unless(reason)}`, async () => {
  expect(await hubAddress({ HF_ENDPOINT: "nonsense" })).toMatch(/^https:\/\/[\w.]+\/$/);
});
