import { expect, test } from "vitest";
import { type AuthorizationRequest, authorize, denialMessage } from "./authorize.ts";
import { parsePolicy } from "./policy-document.ts";
import type { PolicyPrincipal } from "./principal-element.ts";

const arn = (name: string, account = "111111111111"): string =>
  `arn:aws:kinesis:us-east-1:${account}:stream/${name}`;
const user: PolicyPrincipal = {
  arn: "arn:aws:iam::111111111111:user/jo",
  account: "111111111111",
  kind: "user",
};
const statement = (effect: string, resource: string, more: object = {}) =>
  parsePolicy(JSON.stringify({ Statement: { Effect: effect, Action: "*", Resource: resource, ...more } }));

function request(resources: string[], more: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  return {
    principal: user,
    policies: { identity: [statement("Allow", arn("mine"))], boundaries: [], session: undefined },
    action: "kinesis:PutRecord",
    resources,
    context: {},
    resourcePolicies: () => [],
    ...more,
  };
}

test("all resources must be allowed; the first refusal is reported in AWS's words", () => {
  expect(authorize(request([arn("mine")]))).toBeUndefined();
  const denial = authorize(request([arn("mine"), arn("other"), arn("third")]));
  expect(denial?.resource).toBe(arn("other"));
  expect(denial && denialMessage(user, "kinesis:PutRecord", denial)).toBe(
    "User: arn:aws:iam::111111111111:user/jo is not authorized to perform: kinesis:PutRecord on resource: " +
      `${arn("other")} because no identity-based policy allows the kinesis:PutRecord action`,
  );
});

test("an explicit deny names the policy that denies", () => {
  const resourcePolicies = () => [statement("Deny", "*", { Principal: "*" })];
  const denial = authorize(request([arn("mine")], { resourcePolicies }));
  expect(denial && denialMessage(user, "kinesis:PutRecord", denial)).toMatch(
    /on resource: arn\S+ with an explicit deny in a resource-based policy$/,
  );
});

test("the account comes from the ARN, or from the owner that is asked for", () => {
  const policies = { identity: [statement("Allow", "*")], boundaries: [], session: undefined };
  expect(authorize(request([arn("far", "222222222222")], { policies }))?.evaluation.source).toBe(
    "resource-based policy",
  );
  const bucket = ["arn:aws:s3:::bucket/key"];
  expect(authorize(request(bucket, { policies }))).toBeUndefined();
  expect(authorize(request(bucket, { policies, ownerOf: () => "222222222222" }))).toBeDefined();
  expect(authorize(request(["*"], { policies, ownerOf: () => "222222222222" }))).toBeUndefined();
});
