import { CreateKeyCommand } from "@aws-sdk/client-kms";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Statement, VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const account = "111111111111";
const Bucket = "lake";
let millrace: VerifyingMillrace;
let owner: S3Client;

beforeAll(async () => {
  millrace = await VerifyingMillrace.start(account);
  owner = millrace.as(millrace.root).s3;
  await owner.send(new CreateBucketCommand({ Bucket }));
  for (const Key of ["in/a", "in/b", "secret/c"])
    await owner.send(new PutObjectCommand({ Bucket, Key, Body: Key, Tagging: "stage=raw" }));
});
afterAll(() => millrace.dispose());

/** The S3 of a new user who may do what is said and nothing else. */
const userWho = async (...statements: readonly Statement[]): Promise<S3Client> =>
  (await millrace.userWho(...statements)).s3;

/** "yes", or the name of the error. */
async function answerOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "yes",
    (error: Error) => error.name,
  );
}

const get = (client: S3Client, Key: string): Promise<string> =>
  answerOf(client.send(new GetObjectCommand({ Bucket, Key })));
const list = (client: S3Client, Prefix?: string): Promise<string> =>
  answerOf(client.send(new ListObjectsV2Command({ Bucket, ...(Prefix === undefined ? {} : { Prefix }) })));

it("who may only read is not told what is not there", async () => {
  const reader = await userWho({ Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/in/*` });
  expect(await get(reader, "in/a")).toBe("yes");
  expect(await answerOf(reader.send(new HeadObjectCommand({ Bucket, Key: "in/a" })))).toBe("yes");
  expect(await get(reader, "in/none")).toBe("AccessDenied");
  expect(await get(reader, "secret/c")).toBe("AccessDenied");
  expect(await list(reader)).toBe("AccessDenied");
  const lister = await userWho(
    { Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/in/*` },
    { Action: "s3:ListBucket", Resource: `arn:aws:s3:::${Bucket}` },
  );
  expect(await get(lister, "in/none")).toBe("NoSuchKey");
});

it("listing is allowed by prefix", async () => {
  const Condition = { StringLike: { "s3:prefix": "in/*" } };
  const lister = await userWho({ Action: "s3:ListBucket", Resource: `arn:aws:s3:::${Bucket}`, Condition });
  expect(await list(lister, "in/")).toBe("yes");
  expect(await list(lister, "secret/")).toBe("AccessDenied");
  expect(await list(lister)).toBe("AccessDenied");
});

it("reading is allowed by the tags of what is read", async () => {
  const readerOf = (stage: string): Promise<S3Client> =>
    userWho({
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${Bucket}/*`,
      Condition: { StringEquals: { "s3:ExistingObjectTag/stage": stage } },
    });
  expect(await get(await readerOf("raw"), "in/a")).toBe("yes");
  expect(await get(await readerOf("done"), "in/a")).toBe("AccessDenied");
});

it("what is said along with an object needs an action of its own", async () => {
  const writer = await userWho({ Action: "s3:PutObject", Resource: `arn:aws:s3:::${Bucket}/out/*` });
  const put = (input: object): Promise<string> =>
    answerOf(writer.send(new PutObjectCommand({ Bucket, Key: "out/k", Body: "x", ...input })));
  expect(await put({})).toBe("yes");
  expect(await put({ Tagging: "a=1" })).toBe("AccessDenied");
  expect(await put({ Key: "in/k" })).toBe("AccessDenied");
  const copy = new CopyObjectCommand({ Bucket, Key: "out/copy", CopySource: `${Bucket}/in/a` });
  expect(await answerOf(writer.send(copy))).toBe("AccessDenied");
});

it("of many, those are deleted that the caller may delete", async () => {
  await owner.send(new PutObjectCommand({ Bucket, Key: "tmp/a", Body: "" }));
  const deleter = await userWho({ Action: "s3:DeleteObject", Resource: `arn:aws:s3:::${Bucket}/tmp/*` });
  const Objects = [{ Key: "tmp/a" }, { Key: "secret/c" }];
  const answer = await deleter.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  expect(answer.Deleted).toEqual([{ Key: "tmp/a" }]);
  expect(answer.Errors).toMatchObject([{ Key: "secret/c", Code: "AccessDenied" }]);
  expect(await get(owner, "tmp/a")).toBe("NoSuchKey");
  expect(await get(owner, "secret/c")).toBe("yes");
  const one = new DeleteObjectCommand({ Bucket, Key: "secret/c" });
  expect(await answerOf(deleter.send(one))).toBe("AccessDenied");
});

it("a key of KMS must be allowed, too", async () => {
  const { kms } = millrace.as(millrace.root);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const Key = "kms/k";
  const SSEKMSKeyId = KeyMetadata?.KeyId ?? "";
  const put = new PutObjectCommand({ Bucket, Key, Body: "x", ServerSideEncryption: "aws:kms", SSEKMSKeyId });
  const objects = { Action: ["s3:PutObject", "s3:GetObject"], Resource: `arn:aws:s3:::${Bucket}/*` };
  const writer = await userWho(objects, { Action: "kms:GenerateDataKey", Resource: KeyMetadata?.Arn ?? "" });
  const nobody = await userWho(objects);
  expect(await answerOf(nobody.send(put))).toBe("AccessDenied");
  expect(await answerOf(writer.send(put))).toBe("yes");
  expect(await get(writer, Key)).toBe("AccessDenied");
  const reader = await userWho(objects, { Action: "kms:Decrypt", Resource: KeyMetadata?.Arn ?? "" });
  expect(await get(reader, Key)).toBe("yes");
});
