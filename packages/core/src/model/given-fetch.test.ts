import { expect, test } from "vitest";
import type { Fetch } from "../surroundings/fetch.ts";
import { givenFetch } from "./given-fetch.ts";

const answering: Fetch = async (_input, init) => Response.json({ ...init });

test("an adapter's own default is held to public addresses where a record says so, and else is not in the way", async () => {
  expect(givenFetch({}, answering)).toEqual({});
  const { fetch } = givenFetch({ addresses: "public" }, answering);
  expect(await (await fetch?.("http://a.test", { method: "PUT" }))?.json()).toEqual({
    method: "PUT",
    addresses: "public",
  });
});

test("what the runtime was given is taken as it is: it is held already", () => {
  const fetch: Fetch = async () => new Response();
  expect(givenFetch({ fetch, addresses: "public" }, answering)).toEqual({ fetch });
});
