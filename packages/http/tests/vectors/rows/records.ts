import type { Json } from "@catenary/core";
import { expect } from "vitest";
import type { Differences } from "../differences.ts";
import { better, differ, type Expectation, hold } from "./expectations.ts";
import type { Row } from "./row.ts";

/** These answers have these statuses; what differs else stands in them too. */
function statuses(expected: Readonly<Record<string, Readonly<Record<number, number>>>>): Expectation {
  return {
    cases: Object.keys(expected),
    check({ recorded, ours, differences }) {
      const steps = expected[recorded.name] ?? {};
      expect(Object.fromEntries(Object.keys(steps).map((at) => [at, ours.steps[Number(at)]?.status]))).toEqual(steps);
      const others = Object.keys(differences).filter((path) => !Object.keys(steps).some((at) => isIn(path, at)));
      expect(others).toEqual([]);
    },
  };
}

function isIn(path: string, step: string): boolean {
  return path.startsWith(`steps[${step}].`);
}

/** These paths have this value. */
function all(value: Json, paths: readonly string[]): Differences {
  return Object.fromEntries(paths.map((path) => [path, value]));
}

const TIME = "<time>";

export const RECORDS: readonly Row[] = [
  better(
    "records: every answer has the times that are true",
    differ({
      "affinity-survives-rename": all(
        TIME,
        [5, 6, 7].map((step) => `steps[${step}].body.createdAt`),
      ),
      "backend-get-with-state": all(TIME, ["steps[0].body[0].createdAt", "steps[0].body[0].updatedAt"]),
      "backend-update-answer": all(TIME, ["steps[1].body.createdAt"]),
      "backend-update-body-id-ignored": all(TIME, ["steps[1].body.createdAt"]),
      "group-update-answer": all(TIME, ["steps[1].body.createdAt"]),
      "model-update-rename": all(TIME, ["steps[1].body.createdAt"]),
      "model-update-without-body-id": all(TIME, ["steps[1].body.createdAt"]),
    }),
  ),
  better(
    "records: an empty list is a list",
    differ({
      "backend-list-no-state": {
        ...all(TIME, ["steps[1].body[0].createdAt", "steps[1].body[0].updatedAt"]),
        ...all([], ["steps[1].body[0].models", "steps[1].body[0].pulledModels"]),
      },
      "chain-create-yaml-base64": all(
        [],
        [0, 1].map((step) => `steps[${step}].body.tasks[0].transition.branches`),
      ),
      "queue-empty": all([], ["steps[0].body"]),
      "queue-job-shape": all([], ["steps[9].body"]),
      "queue-purged-with-model": all([], ["steps[7].body"]),
      "state-cloud-backend-in-group": {
        ...all(TIME, ["steps[0].body.updatedAt"]),
        ...all([], ["steps[4].body.models"]),
      },
    }),
  ),
  better("records: what is not there is 404", statuses({ "affinity-model-unknown-ids": { 1: 404, 2: 404 } })),
  better(
    "records: what could never work is refused",
    statuses({
      "backend-create-not-a-url": { 0: 422, 1: 404, 2: 404 },
      "hook-create-odd-values-accepted": { 0: 422, 1: 404, 2: 404 },
      "hook-endpoint-unparsable": { 0: 422, 1: 400, 2: 404 },
      "hook-update-unchecked-protocol": { 1: 422, 2: 200, 4: 200, 5: 200, 6: 404, 7: 404 },
    }),
  ),
  better("records: a chain keeps its tasks", statuses({ "chain-update-no-tasks": { 1: 422, 2: 200 } })),
  better(
    "records: every name can be asked for",
    hold({
      "group-by-name-space": ({ ours }) => {
        expect(ours.steps[1]).toMatchObject({ status: 200, body: { name: "t sp" } });
        expect(ours.steps[2]?.body).toMatchObject([{ name: "t sp" }]);
      },
      "group-by-purpose-none": ({ ours }) => {
        expect(ours.steps[1]?.body).toMatchObject([{ id: "internal_chat_group" }]);
      },
    }),
  ),
  better(
    "records: a page that cannot be is refused",
    statuses({ "group-by-purpose-limit": { 5: 422 }, "page-backend-bad-values": { 4: 422 } }),
  ),
  better(
    "records: a key that was given is never told",
    differ({
      "provider-openai-lifecycle": {
        ...all(
          TIME,
          [2, 3].map((step) => `steps[${step}].body.updatedAt`),
        ),
        ...all("********", ["steps[4].body.APIKey", "steps[5].body[0].APIKey"]),
      },
      "provider-upsert": {
        ...all(
          TIME,
          [0, 3].map((step) => `steps[${step}].body.updatedAt`),
        ),
        ...all(
          "********",
          [2, 4].map((step) => `steps[${step}].body.APIKey`),
        ),
      },
    }),
  ),
  better("records: arguments of hooks are any JSON", statuses({ "chain-create-wrong-types": { 3: 201 } })),
  better(
    "records: whoever names a hook that is not there is told so",
    statuses({ "hook-name-not-trimmed": { 1: 400 }, "hook-renamed": { 2: 400 } }),
  ),
];
