import { describe, expect, test } from "vitest";
import { wanted } from "../../../tests/fixtures/routing-parts.ts";
import type { AffinityGroup } from "../../registry/affinity-group.ts";
import type { Wanted } from "../call/model-request.ts";
import { isBackendInScope, isInScope, scopesOf } from "./scopes.ts";

const group = (id: string, parts: Partial<AffinityGroup> = {}): AffinityGroup => ({ id, backends: [id], ...parts });
const names = (parts: Partial<Wanted>, groups: readonly AffinityGroup[]) =>
  scopesOf(wanted(parts), groups).map(({ name }) => name);

describe("a call that names", () => {
  test("nothing may go everywhere", () => {
    const [scope, ...others] = scopesOf(wanted(), [group("a")]);
    expect(others).toEqual([]);
    expect(scope).toEqual({ name: undefined, groups: undefined, policy: undefined });
    expect(scope && isInScope(scope, "anything", "at all") && isBackendInScope(scope, "anything")).toBe(true);
  });

  test("a group, by its id or its name, is held to it; an id goes before a name", () => {
    const groups = [group("a", { name: "Legal" }), group("Legal"), group("b", { name: "Medical" })];
    expect(names({ group: "a" }, groups)).toEqual(["a"]);
    expect(names({ group: "Legal" }, groups)).toEqual(["Legal"]);
    expect(names({ group: "Medical" }, groups)).toEqual(["b"]);
  });

  test("a purpose may go to every group of it", () => {
    const groups = [group("a", { purpose: "chat" }), group("b", { purpose: "chat" }), group("c", { purpose: "mail" })];
    expect(names({ purpose: "mail" }, groups)).toEqual(["c"]);
    const [scope] = scopesOf(wanted({ purpose: "chat" }), groups);
    expect(scope).toMatchObject({ name: "chat", groups: [{ id: "a" }, { id: "b" }] });
  });

  test("both a group and a purpose is held to the group", () => {
    expect(names({ group: "a", purpose: "mail" }, [group("a"), group("b", { purpose: "mail" })])).toEqual(["a"]);
  });

  test("one that is not there is refused, with what was probably meant", () => {
    const groups = [group("legal", { name: "Legal", purpose: "contracts" })];
    expect(() => names({ group: "leagl" }, groups)).toThrow(
      'no group has the id or name "leagl"; there are: legal, Legal. Did you mean legal?',
    );
    expect(() => names({ purpose: "mail" }, groups)).toThrow('no group has the purpose "mail"; there are: contracts');
    expect(() => names({ group: "a" }, [])).toThrow("there is none");
    expect(() => names({ group: "a" }, [])).toThrow(expect.objectContaining({ code: "group_unknown" }));
  });
});

describe("an overflow", () => {
  test("comes after the group that declares it, and its own after it", () => {
    const groups = [group("c"), group("b", { overflow: "c" }), group("a", { overflow: "b" })];
    expect(names({ group: "a" }, groups)).toEqual(["a", "b", "c"]);
    expect(names({ group: "b" }, groups)).toEqual(["b", "c"]);
  });

  test("that leads back is cut", () => {
    const groups = [group("a", { overflow: "b" }), group("b", { overflow: "a" }), group("c", { overflow: "c" })];
    expect(names({ group: "a" }, groups)).toEqual(["a", "b"]);
    expect(names({ group: "c" }, groups)).toEqual(["c"]);
  });

  test("into a group that is not there is an error, whether or not the call would need it", () => {
    const groups = [group("a", { overflow: "b" }), group("b", { overflow: "chta" }), group("chat")];
    expect(() => names({ group: "a" }, groups)).toThrow(
      'the group "b" overflows into "chta", and no group has this id: did you mean chat?',
    );
    expect(() => names({ group: "b" }, groups)).toThrow(expect.objectContaining({ code: "group_unknown" }));
    expect(names({ group: "chat" }, groups)).toEqual(["chat"]);
  });

  test("of a purpose is each group's, in their order", () => {
    const groups = [
      group("a", { purpose: "chat", overflow: "x" }),
      group("b", { purpose: "chat", overflow: "y" }),
      group("x", { overflow: "z" }),
      group("y"),
      group("z"),
    ];
    expect(names({ purpose: "chat" }, groups)).toEqual(["chat", "x", "y", "z"]);
  });
});

test("a group's policy is that of its scope; of several groups, the first that has one", () => {
  const groups = [
    group("a", { purpose: "chat", overflow: "c" }),
    group("b", { purpose: "chat", policy: "random" }),
    group("c", { policy: "ordered" }),
  ];
  const policies = (parts: Partial<Wanted>) => scopesOf(wanted(parts), groups).map(({ policy }) => policy);
  expect(policies({ group: "a" })).toEqual([undefined, "ordered"]);
  expect(policies({ purpose: "chat" })).toEqual(["random", "ordered"]);
});

describe("a model on a backend is in a scope", () => {
  const [scope] = scopesOf(wanted({ purpose: "p" }), [
    group("one", { purpose: "p", backends: ["a"], models: ["x", "y:7b"] }),
    group("two", { purpose: "p", backends: ["b"] }),
    group("three", { purpose: "p", backends: ["c"], models: [] }),
  ]);
  if (scope === undefined) throw new Error("there is a scope for each purpose");

  test.each([
    ["a", "x", true],
    ["a", "x:latest", true],
    ["a", "x:7b", false],
    ["a", "y:7b", true],
    ["a", "z", false],
    ["b", "z", true],
    ["c", "x", false],
    ["d", "x", false],
  ] as const)("%s %s: %j", (backend, model, isIn) => {
    expect(isInScope(scope, backend, model)).toBe(isIn);
  });

  test("only with its backend", () => {
    expect(["a", "b", "c", "d"].filter((backend) => isBackendInScope(scope, backend))).toEqual(["a", "b", "c"]);
  });
});

test("the search for a group is made once for a list of groups", () => {
  const groups = [group("a")];
  expect(scopesOf(wanted({ group: "a" }), groups)).toBe(scopesOf(wanted({ group: "a" }), groups));
  expect(scopesOf(wanted(), groups)).toBe(scopesOf(wanted(), []));
});
