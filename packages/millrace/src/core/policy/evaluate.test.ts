import { describe, expect, test } from "vitest";
import { type EvaluationInput, evaluate } from "./evaluate.ts";
import { type PolicyDocument, parsePolicy } from "./policy-document.ts";
import type { PolicyPrincipal } from "./principal-element.ts";

const account = "111111111111";
const stream = `arn:aws:kinesis:us-east-1:${account}:stream/s`;
const userArn = `arn:aws:iam::${account}:user/jo`;
const roleArn = `arn:aws:iam::${account}:role/path/app`;
const sessionArn = `arn:aws:sts::${account}:assumed-role/app/one`;
const root: PolicyPrincipal = { arn: `arn:aws:iam::${account}:root`, account, kind: "root" };
const user: PolicyPrincipal = { arn: userArn, account, kind: "user" };
const session: PolicyPrincipal = { arn: sessionArn, account, kind: "role", roleArn };
const anonymous: PolicyPrincipal = { arn: "*", account: "", kind: "anonymous" };
const service: PolicyPrincipal = {
  arn: "firehose.amazonaws.com",
  account: "",
  kind: "service",
  serviceName: "firehose.amazonaws.com",
};

function policy(effect: "Allow" | "Deny", more: object = {}): PolicyDocument[] {
  const statement = { Effect: effect, Action: "kinesis:*", Resource: "*", ...more };
  return [parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statement }))];
}
const allow = policy("Allow");
const deny = policy("Deny");
const grant = (principal: unknown): PolicyDocument[] => policy("Allow", { Principal: principal });
const refuse = (principal: unknown): PolicyDocument[] => policy("Deny", { Principal: principal });

function decide(principal: PolicyPrincipal, policies: Partial<EvaluationInput>): string {
  const result = evaluate({
    principal,
    action: "kinesis:PutRecord",
    resource: stream,
    context: {},
    identityPolicies: [],
    resourcePolicies: [],
    boundaries: [],
    sessionPolicies: undefined,
    sameAccount: true,
    ...policies,
  });
  return result.decision === "allow" ? "allow" : `${result.decision}: ${result.source}`;
}

const noIdentity = "implicitDeny: identity-based policy";
const noResource = "implicitDeny: resource-based policy";
const noBoundary = "implicitDeny: permissions boundary";
const noSession = "implicitDeny: session policy";

describe("within one account", () => {
  test.each<[string, PolicyPrincipal, Partial<EvaluationInput>, string]>([
    ["nothing allows", user, {}, noIdentity],
    ["the identity is allowed", user, { identityPolicies: allow }, "allow"],
    [
      "an explicit deny beats an allow",
      user,
      { identityPolicies: [...allow, ...deny] },
      "explicitDeny: identity-based policy",
    ],
    ["the root needs no policy", root, {}, "allow"],
    [
      "the root is refused by an explicit deny",
      root,
      { resourcePolicies: refuse("*") },
      "explicitDeny: resource-based policy",
    ],
    ["the resource names the user", user, { resourcePolicies: grant({ AWS: userArn }) }, "allow"],
    ["the resource names everyone", user, { resourcePolicies: grant("*") }, "allow"],
    [
      "the resource names the account: its policies decide",
      user,
      { resourcePolicies: grant({ AWS: account }) },
      noIdentity,
    ],
    ["and they allow", user, { resourcePolicies: grant({ AWS: account }), identityPolicies: allow }, "allow"],
    [
      "the resource names another user",
      user,
      { resourcePolicies: grant({ AWS: `${userArn}2` }) },
      noIdentity,
    ],
    [
      "the resource refuses another user",
      user,
      { identityPolicies: allow, resourcePolicies: refuse({ AWS: `${userArn}2` }) },
      "allow",
    ],
    [
      "the resource refuses the user",
      user,
      { identityPolicies: allow, resourcePolicies: refuse({ AWS: userArn }) },
      "explicitDeny: resource-based policy",
    ],
    [
      "everyone but the user is refused",
      user,
      { identityPolicies: allow, resourcePolicies: policy("Deny", { NotPrincipal: { AWS: userArn } }) },
      "allow",
    ],
    [
      "everyone but the user is refused, the role too",
      session,
      { identityPolicies: allow, resourcePolicies: policy("Deny", { NotPrincipal: { AWS: userArn } }) },
      "explicitDeny: resource-based policy",
    ],
    ["a statement without principal names nobody", user, { resourcePolicies: policy("Allow") }, noIdentity],
  ])("%s", (_name, principal, policies, expected) => {
    expect(decide(principal, policies)).toBe(expected);
  });
});

describe("boundaries and session policies only take away", () => {
  const other = policy("Allow", { Action: "s3:*" });
  test.each<[string, PolicyPrincipal, Partial<EvaluationInput>, string]>([
    ["a boundary grants nothing", user, { boundaries: allow }, noIdentity],
    ["identity and boundary allow", user, { identityPolicies: allow, boundaries: allow }, "allow"],
    ["the boundary does not allow", user, { identityPolicies: allow, boundaries: other }, noBoundary],
    [
      "each boundary must allow",
      user,
      { identityPolicies: allow, boundaries: [...allow, ...other] },
      noBoundary,
    ],
    [
      "the boundary denies",
      user,
      { identityPolicies: allow, boundaries: deny },
      "explicitDeny: permissions boundary",
    ],
    [
      "the session policy does not allow",
      session,
      { identityPolicies: allow, sessionPolicies: other },
      noSession,
    ],
    [
      "an empty list of session policies allows nothing",
      session,
      { identityPolicies: allow, sessionPolicies: [] },
      noSession,
    ],
    [
      "one of the session policies allows",
      session,
      { identityPolicies: allow, sessionPolicies: [...other, ...allow] },
      "allow",
    ],
    [
      "the session policy denies",
      session,
      { identityPolicies: allow, sessionPolicies: [...allow, ...deny] },
      "explicitDeny: session policy",
    ],
    [
      "a grant to the user passes its boundary",
      user,
      { resourcePolicies: grant({ AWS: userArn }), boundaries: other },
      "allow",
    ],
    [
      "a grant to the role stops at the boundary",
      session,
      { resourcePolicies: grant({ AWS: roleArn }), boundaries: other },
      noBoundary,
    ],
    [
      "a grant to the role stops at the session policy",
      session,
      { resourcePolicies: grant({ AWS: roleArn }), sessionPolicies: other },
      noSession,
    ],
    [
      "a grant to the role needs no identity policy",
      session,
      { resourcePolicies: grant({ AWS: roleArn }) },
      "allow",
    ],
    [
      "a grant to the session passes both",
      session,
      { resourcePolicies: grant({ AWS: sessionArn }), boundaries: other, sessionPolicies: other },
      "allow",
    ],
    [
      "a grant to everyone stops at the boundary",
      user,
      { resourcePolicies: grant("*"), boundaries: other },
      noBoundary,
    ],
  ])("%s", (_name, principal, policies, expected) => {
    expect(decide(principal, policies)).toBe(expected);
  });
});

describe("across accounts, both sides must allow", () => {
  const far = { sameAccount: false };
  test.each<[string, PolicyPrincipal, Partial<EvaluationInput>, string]>([
    ["only the identity", user, { ...far, identityPolicies: allow }, noResource],
    ["only the resource", user, { ...far, resourcePolicies: grant({ AWS: userArn }) }, noIdentity],
    [
      "both, by account",
      user,
      { ...far, identityPolicies: allow, resourcePolicies: grant({ AWS: `arn:aws:iam::${account}:root` }) },
      "allow",
    ],
    [
      "both, but a boundary",
      user,
      {
        ...far,
        identityPolicies: allow,
        boundaries: policy("Allow", { Action: "s3:*" }),
        resourcePolicies: grant({ AWS: userArn }),
      },
      noBoundary,
    ],
    ["a root without a grant", root, far, noResource],
    ["a root with a grant", root, { ...far, resourcePolicies: grant({ AWS: [account] }) }, "allow"],
    [
      "a grant to a third account",
      user,
      { ...far, identityPolicies: allow, resourcePolicies: grant({ AWS: "999999999999" }) },
      noResource,
    ],
    ["anonymous, granted to everyone", anonymous, { ...far, resourcePolicies: grant("*") }, "allow"],
    ["anonymous, granted to AWS *", anonymous, { ...far, resourcePolicies: grant({ AWS: "*" }) }, "allow"],
    [
      "anonymous, granted to an account",
      anonymous,
      { ...far, resourcePolicies: grant({ AWS: account }) },
      noResource,
    ],
    ["anonymous in the account, nothing granted", anonymous, { identityPolicies: allow }, noResource],
    [
      "a service by its name",
      service,
      { ...far, resourcePolicies: grant({ Service: ["firehose.amazonaws.com"] }) },
      "allow",
    ],
    [
      "another service",
      service,
      { ...far, resourcePolicies: grant({ Service: "glue.amazonaws.com" }) },
      noResource,
    ],
  ])("%s", (_name, principal, policies, expected) => {
    expect(decide(principal, policies)).toBe(expected);
  });
});

describe("what a statement is about", () => {
  test.each<[string, object, string]>([
    ["actions do not depend on case", { Action: "KINESIS:putrecord" }, "allow"],
    ["wildcards in actions", { Action: "kinesis:Put?ecord*" }, "allow"],
    ["another action", { Action: "kinesis:GetRecords" }, noIdentity],
    ["all but others", { Action: undefined, NotAction: "s3:*" }, "allow"],
    ["all but these", { Action: undefined, NotAction: ["s3:*", "kinesis:*"] }, noIdentity],
    ["the resource", { Resource: stream }, "allow"],
    ["another resource", { Resource: `${stream}2` }, noIdentity],
    ["all but another resource", { Resource: undefined, NotResource: `${stream}2` }, "allow"],
    [
      "all but the resource",
      { Resource: undefined, NotResource: "arn:aws:kinesis:*:*:stream/?" },
      noIdentity,
    ],
    [
      "a condition that holds",
      { Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } } },
      "allow",
    ],
    [
      "a condition that does not",
      { Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } },
      noIdentity,
    ],
  ])("%s", (_name, statement, expected) => {
    const context = { "aws:RequestedRegion": "us-east-1" };
    expect(decide(user, { identityPolicies: policy("Allow", statement), context })).toBe(expected);
  });
});
