import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RoleAccess, RoleUse } from "../core/role-access.ts";
import { Principals } from "../services/iam/principals.ts";
import { TestIam } from "../services/iam/test-iam.ts";
import { trustPolicies } from "../services/iam/trust-policies.ts";
import { TestS3 } from "../services/s3/test-s3.ts";
import { IamRoleAccess } from "./role-access.ts";

const account = "000000000000";
const use: RoleUse = {
  roleArn: `arn:aws:iam::${account}:role/writer`,
  service: "firehose.amazonaws.com",
  sourceArn: `arn:aws:firehose:us-east-1:${account}:deliverystream/clicks`,
  action: "s3:PutObject",
  resources: ["arn:aws:s3:::lake/key"],
};

let iam: TestIam;
let s3: TestS3;
let roles: RoleAccess;

beforeEach(async () => {
  iam = new TestIam();
  s3 = await TestS3.start();
  await s3.run("CreateBucket", { Bucket: "lake" });
  const { state } = iam;
  const identities = {
    state,
    principals: new Principals(state),
    trustPolicies: (arn: string) => trustPolicies(state, arn),
  };
  roles = new IamRoleAccess(identities, { objects: () => s3.objects, keys: () => undefined });
});
afterEach(async () => {
  await iam[Symbol.asyncDispose]();
  await s3[Symbol.asyncDispose]();
});

const document = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });

async function makeRole(trusted: object, condition: object = {}): Promise<void> {
  const statement = { Effect: "Allow", Principal: trusted, Action: "sts:AssumeRole", Condition: condition };
  await iam.run("CreateRole", { RoleName: "writer", AssumeRolePolicyDocument: document(statement) });
}
const firehose = { Service: "firehose.amazonaws.com" };
const policy = (statement: object): Promise<unknown> =>
  iam.run("PutRolePolicy", { RoleName: "writer", PolicyName: "p", PolicyDocument: document(statement) });
const allowed = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::lake/*" };

describe("what a service may do in the name of a role", () => {
  it("is nothing when the role is not there, or trusts somebody else", async () => {
    expect(roles.assuming(use)).toMatchObject({ kind: "assume" });
    await makeRole({ Service: "glue.amazonaws.com" });
    await policy(allowed);
    expect(roles.refusal(use)).toMatchObject({ kind: "assume" });
    expect(roles.refusal({ ...use, service: "glue.amazonaws.com" })).toBeUndefined();
  });

  it("is what the role's policies allow, as they are now", async () => {
    await makeRole(firehose);
    expect(roles.assuming(use)).toBeUndefined();
    expect(roles.refusal(use)).toEqual({
      kind: "action",
      message:
        "User: arn:aws:sts::000000000000:assumed-role/writer/firehose is not authorized to perform: s3:PutObject on " +
        "resource: arn:aws:s3:::lake/key because no identity-based policy allows the s3:PutObject action",
    });
    await policy(allowed);
    expect(roles.refusal(use)).toBeUndefined();
    expect(roles.refusal({ ...use, resources: [...use.resources, "arn:aws:s3:::other/key"] })).toBeDefined();
    await iam.run("DeleteRolePolicy", { RoleName: "writer", PolicyName: "p" });
    expect(roles.refusal(use)).toBeDefined();
  });

  it("heeds conditions on whom the service acts for", async () => {
    await makeRole(firehose, { StringEquals: { "aws:SourceAccount": account } });
    await policy({
      ...allowed,
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:firehose:*:*:deliverystream/clicks" } },
    });
    expect(roles.refusal(use)).toBeUndefined();
    const other = { ...use, sourceArn: `arn:aws:firehose:us-east-1:${account}:deliverystream/other` };
    expect(roles.refusal(other)).toMatchObject({ kind: "action" });
    const stranger = { ...use, sourceArn: "arn:aws:firehose:us-east-1:111111111111:deliverystream/clicks" };
    expect(roles.refusal(stranger)).toMatchObject({ kind: "assume" });
  });

  it("heeds the policies of buckets, which must let in roles of other accounts", async () => {
    await makeRole(firehose);
    await policy(allowed);
    const bucketPolicy = (statement: object): Promise<unknown> =>
      s3.run("PutBucketPolicy", { Bucket: "lake", Policy: document(statement) });
    await bucketPolicy({ ...allowed, Effect: "Deny", Principal: "*" });
    expect(roles.refusal(use)).toMatchObject({ kind: "action" });
    await s3.run("CreateBucket", { Bucket: "foreign" }, { account: "111111111111" });
    const foreign = { ...use, resources: ["arn:aws:s3:::foreign/key"] };
    await policy({ ...allowed, Resource: "arn:aws:s3:::foreign/*" });
    expect(roles.refusal(foreign)).toMatchObject({ kind: "action" });
    const grant = { ...allowed, Principal: { AWS: use.roleArn }, Resource: "arn:aws:s3:::foreign/*" };
    const input = { Bucket: "foreign", Policy: document(grant) };
    await s3.run("PutBucketPolicy", input, { account: "111111111111" });
    expect(roles.refusal(foreign)).toBeUndefined();
  });

  it("is in a chain what the role before it lets it be", async () => {
    const hub = `arn:aws:iam::${account}:role/hub`;
    const chained = { ...use, assumedBy: hub };
    await makeRole({ AWS: hub });
    await policy(allowed);
    const trusting = document({ Effect: "Allow", Principal: firehose, Action: "sts:AssumeRole" });
    await iam.run("CreateRole", { RoleName: "hub", AssumeRolePolicyDocument: trusting });
    expect(roles.refusal(use)).toMatchObject({ kind: "assume" });
    // Who is named by the trust policy needs a policy of its own no more than on AWS; a Deny counts.
    expect(roles.refusal(chained)).toBeUndefined();
    const denied = { Effect: "Deny", Action: "sts:AssumeRole", Resource: use.roleArn };
    await iam.run("PutRolePolicy", { RoleName: "hub", PolicyName: "p", PolicyDocument: document(denied) });
    expect(roles.assuming(chained)).toEqual({
      kind: "assume",
      message: expect.stringMatching(
        /assumed-role\/hub\/firehose is not authorized to perform: sts:AssumeRole/,
      ),
    });
    expect(roles.refusal(chained)).toMatchObject({ kind: "assume" });
    expect(roles.assuming({ ...chained, assumedBy: `${hub}-2` })).toMatchObject({ kind: "assume" });
    expect(roles.assuming({ ...chained, roleArn: hub, assumedBy: use.roleArn })).toMatchObject({
      kind: "assume",
    });
  });

  it("does not belong to a role that was made anew under the name", async () => {
    await makeRole(firehose);
    await policy(allowed);
    expect(roles.refusal(use)).toBeUndefined();
    await iam.run("DeleteRolePolicy", { RoleName: "writer", PolicyName: "p" });
    await iam.run("DeleteRole", { RoleName: "writer" });
    expect(roles.refusal(use)).toMatchObject({ kind: "assume" });
    await makeRole(firehose);
    expect(roles.refusal(use)).toMatchObject({ kind: "action" });
  });
});
