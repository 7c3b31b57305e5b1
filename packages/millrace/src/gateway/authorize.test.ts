import { describe, expect, test } from "vitest";
import { ServiceError } from "../core/errors.ts";
import type { Logger } from "../core/logger.ts";
import { silentLogger } from "../core/logger.ts";
import { PolicyCache } from "../core/policy/policy-cache.ts";
import { type PolicyDocument, parsePolicy } from "../core/policy/policy-document.ts";
import { type AuthorizedCall, PolicyAuthorizer } from "./authorize.ts";
import type { Principal } from "./call.ts";
import { ModelLibrary } from "./model/model-library.ts";
import type { Permission } from "./service.ts";

const account = "111111111111";
const models = new ModelLibrary();
const user: Principal = {
  arn: `arn:aws:iam::${account}:user/jo`,
  account,
  accessKeyId: "AKIA",
  kind: "user",
};
const text = (Effect: string, Action: string, more: object = {}): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Action, Resource: "*", ...more }] });

type Policies = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface Setting {
  readonly identity?: string;
  /** Resource policies by service and ARN. */
  readonly policies?: Policies;
  readonly service?: string;
  readonly operation?: string;
  readonly permissions?: readonly Permission[];
  readonly input?: unknown;
  readonly principal?: Principal;
  readonly log?: Logger;
}

/** The refusal of a call, or of something that a part of it needs, or undefined. */
function refusal(
  setting: Setting,
  part?: Permission,
): { code: string; message: string; status: number } | undefined {
  const { identity, policies = {}, service = "kinesis", operation = "PutRecord", principal = user } = setting;
  const documents: PolicyDocument[] = identity === undefined ? [] : [parsePolicy(identity)];
  const authorizer = new PolicyAuthorizer({
    compiled: new PolicyCache(),
    profiles: {
      profile: () => ({
        policies: { identity: documents, boundaries: [], session: undefined },
        context: { "aws:PrincipalTag/team": "a" },
      }),
    },
    resourcePolicies: (id, arn) => [policies[id]?.[arn]].filter((one) => one !== undefined),
  });
  const call: AuthorizedCall["call"] = {
    ...{ requestId: "id", service, operation, account, region: "us-east-1", principal, receivedAt: 0 },
    ...{ signal: new AbortController().signal, log: setting.log ?? silentLogger },
  };
  try {
    const authorized: AuthorizedCall = {
      call,
      model: models.model(service),
      operation: {
        run: () => undefined,
        ownsRepetitions: false,
        resources: () => [`arn:aws:kinesis:us-east-1:${account}:stream/s`],
        permissions: () => setting.permissions,
      },
      input: setting.input ?? {},
      request: { headers: { "user-agent": "test/1" }, secure: true },
      remoteAddress: "10.1.2.3",
    };
    if (part === undefined) authorizer.check(authorized);
    else authorizer.require(authorized, part);
  } catch (error) {
    return error as { code: string; message: string; status: number };
  }
  return undefined;
}

describe("PolicyAuthorizer", () => {
  test("asks about the action that is called like the operation", () => {
    expect(refusal({ identity: text("Allow", "kinesis:PutRecord") })).toBeUndefined();
    expect(refusal({ identity: text("Allow", "kinesis:GetRecords") })).toMatchObject({
      code: "AccessDeniedException",
      status: 400,
      message: expect.stringContaining(
        "because no identity-based policy allows the kinesis:PutRecord action",
      ),
    });
  });

  test("knows services that sign under another name than IAM's", () => {
    const call = { service: "cloudwatch", operation: "PutMetricData" };
    expect(refusal({ ...call, identity: text("Allow", "cloudwatch:PutMetricData") })).toBeUndefined();
    expect(refusal({ ...call, identity: text("Allow", "monitoring:*") })?.message).toContain(
      "cloudwatch:PutMetricData",
    );
  });

  test("needs each of the permissions that an operation names, and none where it names none", () => {
    const permissions = [
      { action: "s3:PutObject", resources: ["arn:aws:s3:::b/k"] },
      { action: "s3:PutObjectTagging", resources: ["arn:aws:s3:::b/k"] },
    ];
    const call = { service: "s3", operation: "PutObject", permissions };
    expect(refusal({ ...call, identity: text("Allow", "s3:PutObject*") })).toBeUndefined();
    expect(refusal({ ...call, identity: text("Allow", "s3:PutObject") })).toMatchObject({
      code: "AccessDenied",
      status: 403,
      message: expect.stringContaining("s3:PutObjectTagging"),
    });
    expect(refusal({ ...call, permissions: [] })).toBeUndefined();
  });

  test("answers what a part of a call needs, whatever the call itself does", () => {
    const call = { service: "s3", operation: "DeleteObjects", permissions: [] };
    const part = { action: "s3:DeleteObject", resources: ["arn:aws:s3:::b/k"] };
    expect(refusal({ ...call, identity: text("Allow", "s3:DeleteObject") }, part)).toBeUndefined();
    expect(refusal({ ...call, identity: text("Allow", "s3:GetObject") }, part)).toMatchObject({
      code: "AccessDenied",
      status: 403,
    });
    const policies = { s3: { "arn:aws:s3:::b/k": text("Deny", "s3:DeleteObject", { Principal: "*" }) } };
    expect(refusal({ ...call, identity: text("Allow", "s3:*"), policies }, part)?.message).toContain(
      "with an explicit deny in a resource-based policy",
    );
  });

  test("refuses with the error that a permission brings along", () => {
    const permission: Permission = {
      action: "kms:Decrypt",
      resources: [`arn:aws:kms:us-east-1:${account}:key/k`],
      refusal: (message) => new ServiceError("KMSAccessDeniedException", message),
    };
    expect(refusal({ identity: text("Allow", "*"), permissions: [permission] })).toMatchObject({
      code: "KMSAccessDeniedException",
      status: 400,
      message: expect.stringContaining("is not authorized to perform: kms:Decrypt"),
    });
  });

  test("asks the policies of the resource's own service, whichever is called", () => {
    const key = `arn:aws:kms:us-east-1:${account}:key/k`;
    const permissions = [{ action: "kms:Decrypt", resources: [key] }];
    const call = { service: "s3", operation: "GetObject", permissions, identity: text("Allow", "kms:*") };
    const policy = (AWS: string): Policies => ({
      kms: { [key]: text("Allow", "kms:*", { Principal: { AWS } }) },
    });
    // A key's policy has the last word: without it, policies of IAM do not count.
    expect(refusal({ ...call, policies: policy(`arn:aws:iam::${account}:user/other`) })?.message).toContain(
      "because no resource-based policy allows the kms:Decrypt action",
    );
    expect(refusal({ ...call, policies: policy(account) })).toBeUndefined();
    expect(
      refusal({ ...call, identity: text("Deny", "s3:*"), policies: policy(account) })?.message,
    ).toContain("no identity-based policy allows");
    expect(refusal({ ...call, identity: text("Deny", "s3:*"), policies: policy(user.arn) })).toBeUndefined();
  });

  test("a role's trust policy has the last word, too", () => {
    const role = `arn:aws:iam::${account}:role/r`;
    const permissions = [{ action: "sts:AssumeRole", resources: [role] }];
    const call = { service: "sts", operation: "AssumeRole", permissions, identity: text("Allow", "*") };
    const trust = (statement: object): Policies => ({
      iam: {
        [role]: JSON.stringify({
          Version: "2012-10-17",
          Statement: { Action: "sts:AssumeRole", ...statement },
        }),
      },
    });
    const denied = trust({ Effect: "Deny", Principal: "*" });
    expect(
      refusal({ ...call, policies: trust({ Effect: "Allow", Principal: { AWS: account } }) }),
    ).toBeUndefined();
    expect(refusal(call)?.message).toContain("because no role trust policy allows the sts:AssumeRole action");
    expect(refusal({ ...call, policies: denied })?.message).toContain(
      "with an explicit deny in a role trust policy",
    );
    // Other actions on the role are the account's affair.
    const get = [{ action: "iam:GetRole", resources: [role] }];
    expect(refusal({ ...call, service: "iam", permissions: get })).toBeUndefined();
  });

  test("lets the permission say who owns a resource whose ARN does not", () => {
    const permission = { action: "s3:GetObject", resources: ["arn:aws:s3:::b/k"] };
    const call = { service: "s3", operation: "GetObject", identity: text("Allow", "s3:*") };
    expect(refusal({ ...call, permissions: [permission] })).toBeUndefined();
    const theirs = [{ ...permission, resourceAccount: "222222222222" }];
    expect(refusal({ ...call, permissions: theirs })?.message).toContain("no resource-based policy allows");
  });

  test("an anonymous caller is decided by the resource alone", () => {
    const principal: Principal = { arn: "*", account: "", accessKeyId: "", kind: "anonymous" };
    const object = "arn:aws:s3:::b/k";
    const permissions = [{ action: "s3:GetObject", resources: [object], resourceAccount: account }];
    const call = { service: "s3", operation: "GetObject", principal, permissions };
    const policies = { s3: { [object]: text("Allow", "s3:GetObject", { Principal: "*" }) } };
    expect(refusal({ ...call, policies })).toBeUndefined();
    expect(refusal({ ...call, identity: text("Allow", "*") })).toMatchObject({
      code: "AccessDenied",
      message: expect.stringMatching(/^User: anonymous is not authorized/),
    });
  });

  test.each([
    ["the request", "StringLike", "aws:UserAgent", "test/*"],
    ["the connection", "IpAddress", "aws:SourceIp", "10.1.0.0/16"],
    ["the connection's protection", "Bool", "aws:SecureTransport", "true"],
    ["the region", "StringEquals", "aws:RequestedRegion", "us-east-1"],
    ["the time", "DateEquals", "aws:CurrentTime", "1970-01-01T00:00:00Z"],
    ["tags in the request", "StringEquals", "aws:RequestTag/cost", "1"],
    ["keys of tags in the request", "ForAllValues:StringEquals", "aws:TagKeys", "cost"],
    ["the principal", "StringEquals", "aws:PrincipalTag/team", "a"],
    ["the action", "StringEquals", "kinesis:Own", "yes"],
    ["the resource's owner", "StringEquals", "aws:ResourceAccount", account],
    ["who calls on whose behalf", "Bool", "aws:ViaAWSService", "false"],
  ])("tells conditions about %s", (_, operator, key, value) => {
    const resources = [`arn:aws:kinesis:us-east-1:${account}:stream/s`];
    const permissions = [{ action: "kinesis:PutRecord", resources, context: { "kinesis:Own": "yes" } }];
    const input = { Tags: [{ Key: "cost", Value: "1" }] };
    const identity = (wanted: string): string =>
      text("Allow", "*", { Condition: { Null: { [key]: "false" }, [operator]: { [key]: wanted } } });
    expect(refusal({ permissions, input, identity: identity(value) })).toBeUndefined();
    const wrong = operator === "IpAddress" ? "10.2.0.0/16" : operator === "Bool" ? "x" : `${value}0`;
    expect(refusal({ permissions, input, identity: identity(wrong) })).toBeDefined();
  });

  test("writes down who was refused what, and by which statement", () => {
    const lines: object[] = [];
    const log: Logger = { ...silentLogger, warn: (fields) => void lines.push(fields) };
    refusal({ log, identity: text("Deny", "kinesis:*", { Sid: "NoStreams" }) });
    expect(lines).toEqual([
      {
        requestId: "id",
        principal: user.arn,
        action: "kinesis:PutRecord",
        resource: `arn:aws:kinesis:us-east-1:${account}:stream/s`,
        decision: "explicitDeny",
        source: "identity-based policy",
        sid: "NoStreams",
      },
    ]);
  });
});
