import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetAccessKeyLastUsedCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  ListStreamsCommand,
  PutRecordCommand,
} from "@aws-sdk/client-kinesis";
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  type AssumeRoleWithWebIdentityCommandOutput,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { signedPost } from "../../packages/millrace/src/server/test-signed-post.ts";
import { type Clients, type Key, keyOf, VerifyingMillrace } from "../fixtures/verifying-millrace.ts";
import { WebIdentityProvider } from "../fixtures/web-identity-provider.ts";

const account = "111111111111";
const other = "222222222222";
const stream = `arn:aws:kinesis:us-east-1:${account}:stream/orders`;
let millrace: VerifyingMillrace;
let root: Clients;

beforeAll(async () => {
  millrace = await VerifyingMillrace.start(account);
  root = millrace.as(millrace.root);
  await root.kinesis.send(new CreateStreamCommand({ StreamName: "orders", ShardCount: 1 }));
});
afterAll(() => millrace.dispose());

const policy = (Effect: string, Action: string | string[], more: object = {}): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Action, Resource: "*", ...more }] });
const trust = (Principal: object, Action = "sts:AssumeRole", more: object = {}): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action, ...more }] });
const put = new PutRecordCommand({ StreamName: "orders", PartitionKey: "a", Data: Buffer.from("x") });
const describeOrders = new DescribeStreamSummaryCommand({ StreamName: "orders" });

/** A user with a key, and with an inline policy when one is given. */
async function user(UserName: string, document?: string): Promise<Key> {
  await root.iam.send(new CreateUserCommand({ UserName }));
  if (document !== undefined) await give(UserName, document);
  const { AccessKey } = await root.iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
}

async function give(UserName: string, PolicyDocument: string): Promise<void> {
  await root.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }));
}

async function role(RoleName: string, AssumeRolePolicyDocument: string, document: string): Promise<string> {
  const { Role } = await root.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const PolicyDocument = document;
  await root.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument }));
  return Role?.Arn ?? "";
}

async function assume(clients: Clients, RoleArn: string, more: object = {}): Promise<Clients> {
  const answer = await clients.sts.send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: "session", ...more }),
  );
  return millrace.as(keyOf(answer.Credentials));
}

describe("a user", () => {
  it("may do what its policy allows, and nothing else", async () => {
    const clients = millrace.as(await user("writer", policy("Allow", "kinesis:Put*", { Resource: stream })));
    await clients.kinesis.send(put);
    await expect(
      clients.kinesis.send(new DeleteStreamCommand({ StreamName: "orders" })),
    ).rejects.toMatchObject({
      name: "AccessDeniedException",
      message:
        `User: arn:aws:iam::${account}:user/writer is not authorized to perform: kinesis:DeleteStream on resource: ` +
        `${stream} because no identity-based policy allows the kinesis:DeleteStream action`,
    });
    await expect(clients.iam.send(new CreateUserCommand({ UserName: "x" }))).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining(`iam:CreateUser on resource: arn:aws:iam::${account}:user/x`),
    });
    // The log comes through a pipe of its own.
    await vi.waitUntil(() => millrace.process.stderr.includes("kinesis:DeleteStream"));
  });

  it("knows itself, and its key's use is known", async () => {
    const key = await user(
      "self",
      policy("Allow", "iam:GetUser", { Resource: `arn:aws:iam::*:user/\${aws:username}` }),
    );
    const clients = millrace.as(key);
    const identity = await clients.sts.send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: account,
      Arn: `arn:aws:iam::${account}:user/self`,
      UserId: expect.stringMatching(/^AIDA/),
    });
    const { User } = await clients.iam.send(new GetUserCommand({}));
    expect(User?.UserId).toBe(identity.UserId);
    await expect(clients.iam.send(new GetUserCommand({ UserName: "writer" }))).rejects.toMatchObject({
      name: "AccessDenied",
    });
    const used = await root.iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: key.accessKeyId }));
    expect(used.AccessKeyLastUsed).toMatchObject({ ServiceName: "iam", Region: "us-east-1" });
  });

  it("gains what its groups may do, at once", async () => {
    const clients = millrace.as(await user("member"));
    await expect(clients.kinesis.send(describeOrders)).rejects.toThrow("no identity-based policy allows");
    await root.iam.send(new CreateGroupCommand({ GroupName: "readers" }));
    await root.iam.send(
      new PutGroupPolicyCommand({
        GroupName: "readers",
        PolicyName: "p",
        PolicyDocument: policy("Allow", "kinesis:Describe*"),
      }),
    );
    await root.iam.send(new AddUserToGroupCommand({ GroupName: "readers", UserName: "member" }));
    await clients.kinesis.send(describeOrders);
  });

  it("is limited by its boundary, whatever AWS's policy allows it", async () => {
    const clients = millrace.as(await user("limited"));
    const PolicyArn = "arn:aws:iam::aws:policy/AmazonKinesisFullAccess";
    await root.iam.send(new AttachUserPolicyCommand({ UserName: "limited", PolicyArn }));
    await clients.kinesis.send(put);
    const PermissionsBoundary = "arn:aws:iam::aws:policy/AmazonKinesisReadOnlyAccess";
    await root.iam.send(new PutUserPermissionsBoundaryCommand({ UserName: "limited", PermissionsBoundary }));
    await clients.kinesis.send(describeOrders);
    await expect(clients.kinesis.send(put)).rejects.toThrow(
      "no permissions boundary allows the kinesis:PutRecord",
    );
  });

  it("is refused by an explicit deny", async () => {
    const clients = millrace.as(await user("denied", policy("Allow", "*")));
    await clients.kinesis.send(put);
    await give(
      "denied",
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "*", Resource: "*" },
          { Sid: "NoPuts", Effect: "Deny", Action: "kinesis:Put*", Resource: stream },
        ],
      }),
    );
    await expect(clients.kinesis.send(put)).rejects.toThrow(
      "with an explicit deny in an identity-based policy",
    );
  });

  it("calls no more when its key is off, gone, or it is gone itself", async () => {
    const key = await user("leaving", policy("Allow", "*"));
    const clients = millrace.as(key);
    const AccessKeyId = key.accessKeyId;
    const list = (): Promise<unknown> => clients.kinesis.send(new ListStreamsCommand({}));
    const setStatus = (Status: "Active" | "Inactive"): Promise<unknown> =>
      root.iam.send(new UpdateAccessKeyCommand({ UserName: "leaving", AccessKeyId, Status }));
    const session = keyOf((await clients.sts.send(new GetSessionTokenCommand({}))).Credentials);
    const byToken = millrace.as(session);
    await byToken.kinesis.send(new ListStreamsCommand({}));
    await setStatus("Inactive");
    await expect(list()).rejects.toMatchObject({ name: "UnrecognizedClientException" });
    await setStatus("Active");
    await list();
    await root.iam.send(new DeleteAccessKeyCommand({ UserName: "leaving", AccessKeyId }));
    await expect(list()).rejects.toMatchObject({ name: "UnrecognizedClientException" });
    await root.iam.send(new DeleteUserPolicyCommand({ UserName: "leaving", PolicyName: "p" }));
    await root.iam.send(new DeleteUserCommand({ UserName: "leaving" }));
    await expect(byToken.kinesis.send(new ListStreamsCommand({}))).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
  });
});

describe("a role", () => {
  it("is assumed by whom it trusts, and its sessions may do what it may", async () => {
    const arn = await role("reader", trust({ AWS: account }), policy("Allow", "kinesis:Describe*"));
    const trusted = millrace.as(await user("trusted", policy("Allow", "sts:AssumeRole", { Resource: arn })));
    const session = await assume(trusted, arn);
    expect(await session.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: `arn:aws:sts::${account}:assumed-role/reader/session`,
      UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:session$/),
      Account: account,
    });
    await session.kinesis.send(describeOrders);
    await expect(session.kinesis.send(put)).rejects.toThrow(
      `User: arn:aws:sts::${account}:assumed-role/reader/session is not authorized to perform: kinesis:PutRecord`,
    );
    const stranger = millrace.as(await user("stranger"));
    await expect(assume(stranger, arn)).rejects.toThrow(
      "no identity-based policy allows the sts:AssumeRole action",
    );
  });

  it("is not assumed by whom it does not name, be it allowed everything", async () => {
    const arn = await role(
      "choosy",
      trust({ AWS: `arn:aws:iam::${account}:user/trusted` }),
      policy("Allow", "*"),
    );
    const mighty = millrace.as(await user("mighty", policy("Allow", "*")));
    await expect(assume(mighty, arn)).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining("because no role trust policy allows the sts:AssumeRole action"),
    });
    await expect(assume(mighty, `${arn}-not`)).rejects.toMatchObject({ name: "AccessDenied" });
  });

  it("asks for the external id, and for leave to tag", async () => {
    const condition = { Condition: { StringEquals: { "sts:ExternalId": "secret" } } };
    const arn = await role(
      "external",
      trust({ AWS: account }, "sts:AssumeRole", condition),
      policy("Allow", "*"),
    );
    await expect(assume(root, arn)).rejects.toMatchObject({ name: "AccessDenied" });
    await assume(root, arn, { ExternalId: "secret" });
    const tagged = { ExternalId: "secret", Tags: [{ Key: "team", Value: "a" }] };
    await expect(assume(root, arn, tagged)).rejects.toThrow("sts:TagSession");
  });

  it("tells its policies the session's tags", async () => {
    const byTeam = policy("Allow", "kinesis:*", {
      Condition: { StringEquals: { "aws:PrincipalTag/team": "a" } },
    });
    const arn = await role(
      "team",
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { AWS: account }, Action: ["sts:AssumeRole", "sts:TagSession"] },
        ],
      }),
      byTeam,
    );
    await (await assume(root, arn, { Tags: [{ Key: "team", Value: "a" }] })).kinesis.send(put);
    const b = await assume(root, arn, { Tags: [{ Key: "team", Value: "b" }] });
    await expect(b.kinesis.send(put)).rejects.toThrow("no identity-based policy allows");
  });

  it("is limited by session policies", async () => {
    const arn = await role("wide", trust({ AWS: account }), policy("Allow", "*"));
    const inline = await assume(root, arn, { Policy: policy("Allow", "kinesis:Describe*") });
    await inline.kinesis.send(describeOrders);
    await expect(inline.kinesis.send(put)).rejects.toThrow(
      "no session policy allows the kinesis:PutRecord action",
    );
    const managed = await assume(root, arn, {
      PolicyArns: [{ arn: "arn:aws:iam::aws:policy/AmazonKinesisReadOnlyAccess" }],
    });
    await managed.kinesis.send(describeOrders);
    await expect(managed.kinesis.send(put)).rejects.toThrow("no session policy allows");
  });

  it("lets another account in only when both sides say so", async () => {
    const answer = await root.sts.send(new GetCallerIdentityCommand({}));
    expect(answer.Account).toBe(account);
    const guestKey = await makeAccount(other);
    const guest = millrace.as(guestKey);
    const closed = await role("closed", trust({ AWS: account }), policy("Allow", "kinesis:*"));
    await expect(assume(guest, closed)).rejects.toThrow("no role trust policy allows");
    const open = await role("open", trust({ AWS: other }), policy("Allow", "kinesis:*"));
    const session = await assume(guest, open);
    await session.kinesis.send(describeOrders);
    expect((await session.sts.send(new GetCallerIdentityCommand({}))).Account).toBe(account);
  });

  it("keeps its sessions over a restart, until it is gone", async () => {
    const arn = await role("lasting", trust({ AWS: account }), policy("Allow", "kinesis:*"));
    const session = await assume(root, arn);
    await session.kinesis.send(describeOrders);
    await millrace.process.kill();
    await millrace.process.start();
    await session.kinesis.send(describeOrders);
    await root.iam.send(new GetRolePolicyCommand({ RoleName: "lasting", PolicyName: "p" }));
  });

  it("takes a web identity that its provider has signed", async () => {
    const provider = await WebIdentityProvider.start();
    try {
      const Url = provider.url;
      const { OpenIDConnectProviderArn: Federated } = await root.iam.send(
        new CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ["app"] }),
      );
      const action = "sts:AssumeRoleWithWebIdentity";
      const condition = { Condition: { StringEquals: { [`${Url.slice(7)}:sub`]: "repo:acme" } } };
      const arn = await role("web", trust({ Federated }, action, condition), policy("Deny", "kinesis:Put*"));
      await root.iam.send(
        new AttachRolePolicyCommand({
          RoleName: "web",
          PolicyArn: "arn:aws:iam::aws:policy/AmazonKinesisReadOnlyAccess",
        }),
      );
      const nobody = millrace.as({ accessKeyId: "", secretAccessKey: "" });
      const claim = (WebIdentityToken: string): Promise<AssumeRoleWithWebIdentityCommandOutput> =>
        nobody.sts.send(
          new AssumeRoleWithWebIdentityCommand({ RoleArn: arn, RoleSessionName: "ci", WebIdentityToken }),
        );
      const answer = await claim(provider.token({ sub: "repo:acme", aud: "app" }));
      expect(answer).toMatchObject({
        SubjectFromWebIdentityToken: "repo:acme",
        Audience: "app",
        Provider: Url,
        AssumedRoleUser: { Arn: `arn:aws:sts::${account}:assumed-role/web/ci` },
      });
      await millrace.as(keyOf(answer.Credentials)).kinesis.send(describeOrders);
      await expect(claim(provider.token({ sub: "repo:evil", aud: "app" }))).rejects.toMatchObject({
        name: "AccessDenied",
        message: `Not authorized to perform ${action}`,
      });
      await expect(claim(provider.token({ sub: "repo:acme", aud: "web" }))).rejects.toMatchObject({
        name: "InvalidIdentityTokenException",
        message: "Incorrect token audience",
      });
      await expect(claim(provider.token({ sub: "repo:acme", aud: "app", exp: 1 }))).rejects.toMatchObject({
        name: "ExpiredTokenException",
      });
    } finally {
      await provider.close();
    }
  });
});

async function makeAccount(id: string): Promise<Key> {
  const { accessKeyId: rootId, secretAccessKey } = millrace.root;
  const rootKey = { accessKeyId: rootId, secretKey: secretAccessKey };
  const answer = await signedPost(`${millrace.process.url}/_millrace/accounts/${id}`, rootKey);
  const { accessKeyId, secretKey } = (await answer.json()) as { accessKeyId: string; secretKey: string };
  return { accessKeyId, secretAccessKey: secretKey };
}
