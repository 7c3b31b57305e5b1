import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonicalUserId } from "../../packages/millrace/src/core/canonical-user.ts";
import { signedPost } from "../../packages/millrace/src/server/test-signed-post.ts";
import { formOf } from "../fixtures/s3-form.ts";
import { VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const owner = "123456789012";
const neighbour = "222222222222";
let millrace: VerifyingMillrace;
let s3: S3Client;
let theirs: S3Client;

beforeAll(async () => {
  millrace = await VerifyingMillrace.start(owner);
  ({ s3 } = millrace.as(millrace.root));
  const { accessKeyId, secretAccessKey } = millrace.root;
  const root = { accessKeyId, secretKey: secretAccessKey };
  const answer = await signedPost(`${millrace.process.url}/_millrace/accounts/${neighbour}`, root);
  const key = (await answer.json()) as { accessKeyId: string; secretKey: string };
  ({ s3: theirs } = millrace.as({ accessKeyId: key.accessKeyId, secretAccessKey: key.secretKey }));
});
afterAll(() => millrace.dispose());

/** What a browser gets that has no key. */
async function anonymous(path: string, init: RequestInit = {}): Promise<[status: number, body: string]> {
  const response = await fetch(`${millrace.process.url}/${path}`, init);
  const body = await response.text();
  return [response.status, /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? body];
}

async function code(answer: Promise<unknown>): Promise<string> {
  return await answer.then(
    () => "OK",
    (error: unknown) => (error as Error).name,
  );
}

/** A bucket with an object, open to what its policy and its lists say. */
async function openBucket(Bucket: string): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "a/b", Body: "hello" }));
}

function policy(
  Bucket: string,
  Principal: unknown,
  Action: string,
  more: object = {},
): PutBucketPolicyCommand {
  const inside = /Object/.test(Action) ? "/*" : "";
  const Statement = {
    Effect: "Allow",
    Principal,
    Action,
    Resource: `arn:aws:s3:::${Bucket}${inside}`,
    ...more,
  };
  return new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
}

describe("without a key", () => {
  it("nothing is to be had, unless the bucket's policy says so", async () => {
    await openBucket("web");
    expect(await anonymous("web/a/b")).toEqual([403, "AccessDenied"]);
    await s3.send(policy("web", "*", "s3:GetObject"));
    expect(await anonymous("web/a/b")).toEqual([200, "hello"]);
    expect(await anonymous("web")).toEqual([403, "AccessDenied"]);
    expect(await anonymous("web/c", { method: "PUT", body: "x" })).toEqual([403, "AccessDenied"]);
    const { PolicyStatus } = await s3.send(new GetBucketPolicyStatusCommand({ Bucket: "web" }));
    expect(PolicyStatus?.IsPublic).toBe(true);
  });

  it("the public access block takes it back", async () => {
    await openBucket("blocked");
    await s3.send(policy("blocked", "*", "s3:GetObject"));
    expect((await anonymous("blocked/a/b"))[0]).toBe(200);
    const restrict = { RestrictPublicBuckets: true };
    await s3.send(
      new PutPublicAccessBlockCommand({ Bucket: "blocked", PublicAccessBlockConfiguration: restrict }),
    );
    expect(await anonymous("blocked/a/b")).toEqual([403, "AccessDenied"]);
    expect(await code(theirs.send(new GetObjectCommand({ Bucket: "blocked", Key: "a/b" })))).toBe(
      "AccessDenied",
    );
    expect(await code(s3.send(new GetObjectCommand({ Bucket: "blocked", Key: "a/b" })))).toBe("OK");
  });

  it("an object may be read whose list says so", async () => {
    await openBucket("lists");
    const rules = { Rules: [{ ObjectOwnership: "ObjectWriter" as const }] };
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket: "lists", OwnershipControls: rules }));
    await s3.send(new PutObjectAclCommand({ Bucket: "lists", Key: "a/b", ACL: "public-read" }));
    await s3.send(new PutObjectCommand({ Bucket: "lists", Key: "c", Body: "new", ACL: "public-read" }));
    await s3.send(new PutObjectCommand({ Bucket: "lists", Key: "d", Body: "private" }));
    expect(await anonymous("lists/a/b")).toEqual([200, "hello"]);
    expect(await anonymous("lists/c")).toEqual([200, "new"]);
    expect(await anonymous("lists/d")).toEqual([403, "AccessDenied"]);
    const ignore = { IgnorePublicAcls: true };
    await s3.send(
      new PutPublicAccessBlockCommand({ Bucket: "lists", PublicAccessBlockConfiguration: ignore }),
    );
    expect(await anonymous("lists/a/b")).toEqual([403, "AccessDenied"]);
  });

  it("a form may put a file where everybody may", async () => {
    await openBucket("inbox");
    await s3.send(policy("inbox", "*", "s3:PutObject"));
    const body = formOf({ key: "from/anybody" }, "letter");
    expect((await anonymous("inbox", { method: "POST", body }))[0]).toBe(204);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "inbox", Key: "from/anybody" }));
    expect(await Body?.transformToString()).toBe("letter");
  });
});

it("a policy that shuts everybody out can be taken back by the account's root", async () => {
  const Bucket = "shut";
  await openBucket(Bucket);
  const { s3: users } = await millrace.userWho({ Action: "s3:*", Resource: "*" });
  const get = new GetBucketPolicyCommand({ Bucket });
  await users.send(policy(Bucket, "*", "s3:ListBucket", { Effect: "Deny", Action: "s3:*" }));
  expect(await code(users.send(get))).toBe("AccessDenied");
  expect(await code(users.send(new DeleteBucketPolicyCommand({ Bucket })))).toBe("AccessDenied");
  expect(await code(theirs.send(get))).toBe("AccessDenied");
  expect(await code(s3.send(new ListObjectsV2Command({ Bucket })))).toBe("AccessDenied");
  expect(await code(s3.send(get))).toBe("OK");
  await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
  expect(await code(users.send(new ListObjectsV2Command({ Bucket })))).toBe("OK");
});

describe("what is put without a key", () => {
  const Bucket = "dropbox";
  const anonymousId = "65a011a29cdf8ec533ec3d1ccaae921c";
  const put = (key: string, headers: Record<string, string> = {}): Promise<[number, string]> =>
    anonymous(`${Bucket}/${key}`, { method: "PUT", body: "x", headers });
  const ownership = (ObjectOwnership: "ObjectWriter" | "BucketOwnerEnforced"): Promise<unknown> =>
    s3.send(
      new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules: [{ ObjectOwnership }] } }),
    );
  const owners = async (): Promise<Record<string, string | undefined>> => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, FetchOwner: true }));
    return Object.fromEntries(Contents.map(({ Key = "", Owner }) => [Key, Owner?.ID]));
  };
  beforeAll(async () => {
    await openBucket(Bucket);
    await s3.send(policy(Bucket, "*", "s3:PutObject"));
  });

  it("belongs to AWS's anonymous user, or to the bucket's owner where that is enforced", async () => {
    await ownership("ObjectWriter");
    expect(await put("theirs")).toEqual([200, ""]);
    const body = formOf({ key: "form" }, "letter");
    expect((await anonymous(Bucket, { method: "POST", body }))[0]).toBe(204);
    const ownerId = canonicalUserId(owner);
    expect(await owners()).toEqual({ "a/b": ownerId, form: anonymousId, theirs: anonymousId });
    const { Owner, Grants } = await s3.send(new GetObjectAclCommand({ Bucket, Key: "theirs" }));
    expect(Owner?.ID).toBe(anonymousId);
    expect(Grants).toMatchObject([{ Grantee: { ID: anonymousId }, Permission: "FULL_CONTROL" }]);
    await ownership("BucketOwnerEnforced");
    expect(await put("ours")).toEqual([200, ""]);
    expect((await owners())["ours"]).toBe(ownerId);
  });

  it("comes neither in parts nor from another object, nor under a key of KMS", async () => {
    await s3.send(policy(Bucket, "*", "s3:*Object"));
    expect(await anonymous(`${Bucket}/parts?uploads`, { method: "POST" })).toEqual([403, "AccessDenied"]);
    const source = { "x-amz-copy-source": `${Bucket}/a/b` };
    expect(await anonymous(`${Bucket}/copy`, { method: "PUT", headers: source })).toEqual([
      403,
      "AccessDenied",
    ]);
    const encrypted = { "x-amz-server-side-encryption": "aws:kms" };
    expect(await put("encrypted", encrypted)).toEqual([400, "InvalidArgument"]);
    const sealed = { Bucket, Key: "sealed", Body: "x", ServerSideEncryption: "aws:kms" } as const;
    await s3.send(new PutObjectCommand(sealed));
    expect(await anonymous(`${Bucket}/sealed`)).toEqual([400, "InvalidArgument"]);
    expect(await anonymous(`${Bucket}/a/b`)).toEqual([200, "hello"]);
  });
});

describe("another account", () => {
  it("gets what the bucket's policy gives it", async () => {
    await openBucket("partner");
    const read = () => code(theirs.send(new GetObjectCommand({ Bucket: "partner", Key: "a/b" })));
    const list = () => code(theirs.send(new ListObjectsV2Command({ Bucket: "partner" })));
    expect([await read(), await list()]).toEqual(["AccessDenied", "AccessDenied"]);
    await s3.send(policy("partner", { AWS: neighbour }, "s3:GetObject"));
    expect([await read(), await list()]).toEqual(["OK", "AccessDenied"]);
    await s3.send(policy("partner", { CanonicalUser: canonicalUserId(neighbour) }, "s3:ListBucket"));
    expect([await read(), await list()]).toEqual(["AccessDenied", "OK"]);
    const onlyLogs = { Condition: { StringLike: { "s3:prefix": "logs/*" } } };
    await s3.send(policy("partner", { AWS: neighbour }, "s3:ListBucket", onlyLogs));
    expect(await list()).toBe("AccessDenied");
    const Prefix = "logs/2026/";
    expect(await code(theirs.send(new ListObjectsV2Command({ Bucket: "partner", Prefix })))).toBe("OK");
  });

  it("gets what the bucket's list gives it", async () => {
    await openBucket("granted");
    const rules = { Rules: [{ ObjectOwnership: "BucketOwnerPreferred" as const }] };
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket: "granted", OwnershipControls: rules }));
    const GrantRead = `id="${canonicalUserId(neighbour)}"`;
    await s3.send(new PutBucketAclCommand({ Bucket: "granted", GrantRead, GrantWrite: GrantRead }));
    expect(await code(theirs.send(new ListObjectsV2Command({ Bucket: "granted" })))).toBe("OK");
    expect(await code(theirs.send(new GetObjectCommand({ Bucket: "granted", Key: "a/b" })))).toBe(
      "AccessDenied",
    );
    const put = { Bucket: "granted", Key: "theirs", Body: "x" };
    expect(await code(theirs.send(new PutObjectCommand(put)))).toBe("OK");
    await millrace.process.kill();
    await millrace.process.start();
    expect(await code(theirs.send(new ListObjectsV2Command({ Bucket: "granted" })))).toBe("OK");
    expect(await anonymous("granted")).toEqual([403, "AccessDenied"]);
  });

  it("may be refused what its own account allows", async () => {
    await openBucket("denied");
    await s3.send(policy("denied", "*", "s3:GetObject", { Effect: "Deny" }));
    expect(await code(s3.send(new GetObjectCommand({ Bucket: "denied", Key: "a/b" })))).toBe("AccessDenied");
  });
});
