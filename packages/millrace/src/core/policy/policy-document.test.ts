// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { describe, expect, test } from "vitest";
import { PolicyCache } from "./policy-cache.ts";
import { parsePolicy } from "./policy-document.ts";
import { PolicyError } from "./policy-error.ts";

const base = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const withStatement = (statement: unknown): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statement });

test("one statement or a list, strings or lists of strings", () => {
  expect(parsePolicy(withStatement(base)).statements).toHaveLength(1);
  const lists = {
    ...base,
    Action: ["s3:*", "sqs:Send?essage"],
    Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
  };
  const document = parsePolicy(withStatement([lists, { ...base, Sid: "Two", Effect: "Deny" }]), "identity");
  expect(document.statements.map((statement) => statement.effect)).toEqual(["Allow", "Deny"]);
  expect(document).toMatchObject({ version: "2012-10-17", id: undefined });
  expect(parsePolicy(JSON.stringify({ Id: "x", Statement: [] }))).toMatchObject({
    version: "2008-10-17",
    id: "x",
  });
});

describe("refused, with the path of the element", () => {
  const root = "arn:aws:iam::123456789012:root";
  test.each([
    ["", "no json"],
    ["", "[]"],
    ["", "null"],
    ["", '"text"'],
    ["", "[".repeat(30_000)],
    ["", `{"Version":"${"x".repeat(40_000)}"}`],
    ["", JSON.stringify({ Statement: [], Extra: 1 })],
    ["Version", JSON.stringify({ Version: "2020-01-01", Statement: [] })],
    ["Id", JSON.stringify({ Id: 1, Statement: [] })],
    ["Statement", JSON.stringify({ Version: "2012-10-17" })],
    ["Statement[0]", withStatement("x")],
    ["Statement[0]", withStatement({ ...base, action: "s3:*" })],
    ["Statement[1].Effect", withStatement([base, { ...base, Effect: "allow" }])],
    ["Statement[0].Sid", withStatement({ ...base, Sid: 7 })],
    [
      "Statement[1].Sid",
      withStatement([
        { ...base, Sid: "a" },
        { ...base, Sid: "a" },
      ]),
    ],
    ["Statement[0]", withStatement({ Effect: "Allow", Resource: "*" })],
    ["Statement[0]", withStatement({ ...base, NotAction: "s3:*" })],
    ["Statement[0].Action", withStatement({ ...base, Action: [] })],
    ["Statement[0].Action", withStatement({ ...base, Action: "GetObject" })],
    ["Statement[0].Action", withStatement({ ...base, Action: ["s3:Get Object"] })],
    ["Statement[0].Action", withStatement({ ...base, Action: [null] })],
    ["Statement[0].NotAction", withStatement({ Effect: "Deny", NotAction: {}, Resource: "*" })],
    ["Statement[0].Resource", withStatement({ ...base, Resource: "bucket" })],
    ["Statement[0].Principal", withStatement({ ...base, Principal: "someone" })],
    ["Statement[0].Principal", withStatement({ ...base, Principal: {} })],
    ["Statement[0].Principal.User", withStatement({ ...base, Principal: { User: "x" } })],
    ["Statement[0].Principal.AWS", withStatement({ ...base, Principal: { AWS: 5 } })],
    [
      "Statement[0].Principal.AWS",
      withStatement({ ...base, Principal: { AWS: "arn:aws:iam::123456789012:user/*" } }),
    ],
    ["Statement[0].Principal.AWS", withStatement({ ...base, Principal: { AWS: "12345" } })],
    ["Statement[0].NotPrincipal", withStatement({ ...base, NotPrincipal: { AWS: root } })],
    ["Statement[0].Condition", withStatement({ ...base, Condition: [] })],
    ["Statement[0].Condition.StringSame", withStatement({ ...base, Condition: { StringSame: { a: "b" } } })],
    [
      "Statement[0].Condition.NullIfExists",
      withStatement({ ...base, Condition: { NullIfExists: { a: "true" } } }),
    ],
    ["Statement[0].Condition.Null.a", withStatement({ ...base, Condition: { Null: { a: "maybe" } } })],
    ["Statement[0].Condition.Bool.a", withStatement({ ...base, Condition: { Bool: { a: { b: 1 } } } })],
    ["Statement[0].Condition.Bool", withStatement({ ...base, Condition: { Bool: "x" } })],
    ["Statement[0].Condition.", withStatement({ ...base, Condition: { "": { a: "b" } } })],
  ])("%s in %.80s", (path, text) => {
    expect(() => parsePolicy(text)).toThrow(expect.objectContaining({ name: "PolicyError", path }));
  });
});

test("what a policy is attached to decides on Principal and Resource", () => {
  const principal = { Principal: "*" };
  const { Resource: _, ...trust } = { ...base, Action: "sts:AssumeRole", ...principal };
  expect(() => parsePolicy(withStatement(base), "identity")).not.toThrow();
  expect(() => parsePolicy(withStatement({ ...base, ...principal }), "resource")).not.toThrow();
  expect(() => parsePolicy(withStatement(trust), "trust")).not.toThrow();
  expect(() => parsePolicy(withStatement({ ...base, ...principal }), "identity")).toThrow(PolicyError);
  expect(() => parsePolicy(withStatement(base), "resource")).toThrow(/Principal/);
  expect(() => parsePolicy(withStatement({ ...base, ...principal }), "trust")).toThrow(/Resource/);
  expect(() => parsePolicy(withStatement(trust), "resource")).toThrow(/Resource/);
});

test("inherited names of JavaScript objects are no elements", () => {
  expect(() => parsePolicy('{"Version":"2012-10-17","__proto__":{"Statement":[]}}')).toThrow(PolicyError);
  expect(() => parsePolicy(withStatement({ constructor: 1, ...base }))).toThrow(PolicyError);
});

test("the cache returns the same document, keeps failing on bad text and stays bounded", () => {
  const cache = new PolicyCache();
  const text = withStatement(base);
  expect(cache.get(text)).toBe(cache.get(text));
  expect(() => cache.get("bad")).toThrow(PolicyError);
  expect(() => cache.get("bad")).toThrow(PolicyError);
  const first = cache.get(text);
  for (let i = 0; i < 300; i++) cache.get(withStatement({ ...base, Sid: `${i}${"x".repeat(20_000)}` }));
  expect(cache.get(text)).not.toBe(first);
});
