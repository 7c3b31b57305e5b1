import { expect, it } from "vitest";
import { decodedDocument, policyOfStatement, statementsOf, trustPolicyOf } from "./documents.ts";

it("decodes documents as IAM answers them", () => {
  expect(decodedDocument("%7B%22Version%22%3A%222012-10-17%22%7D")).toBe('{"Version":"2012-10-17"}');
  expect(decodedDocument('{"a":"100%"}')).toBe('{"a":"100%"}');
  expect(decodedDocument("%E0%A4%A")).toBe("%E0%A4%A");
  expect(decodedDocument(undefined)).toBe("");
});

it("takes statements apart", () => {
  const one = { Effect: "Allow", Action: "*", Resource: "*" };
  expect(statementsOf(JSON.stringify({ Statement: one }))).toEqual([one]);
  expect(statementsOf(JSON.stringify({ Statement: [one, one] }))).toHaveLength(2);
  expect(statementsOf("{}")).toEqual([]);
  expect(JSON.parse(policyOfStatement('{"Version":"2012-10-17","Statement":[]}', one))).toEqual({
    Version: "2012-10-17",
    Statement: [one],
  });
});

it("writes trust policies for services, accounts and principals", () => {
  const principalOf = (text: string): unknown =>
    (JSON.parse(trustPolicyOf(text)) as { Statement: [{ Principal: unknown }] }).Statement[0].Principal;
  expect(principalOf("glue.amazonaws.com")).toEqual({ Service: "glue.amazonaws.com" });
  expect(principalOf("123456789012")).toEqual({ AWS: "arn:aws:iam::123456789012:root" });
  expect(principalOf("arn:aws:iam::123456789012:user/jo")).toEqual({
    AWS: "arn:aws:iam::123456789012:user/jo",
  });
});
