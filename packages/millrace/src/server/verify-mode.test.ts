import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListStreamsCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMillrace, type Millrace } from "../index.ts";
import { signedPost } from "./test-signed-post.ts";

interface Key {
  readonly accessKeyId: string;
  readonly secretKey: string;
}

let millrace: Millrace;
let root: Key;
let guest: Key & { readonly account: string };

beforeAll(async () => {
  millrace = await createMillrace({
    auth: "verify",
    durability: "memory",
    account: "111111111111",
    transitionMs: 0,
  });
  root = millrace.firstCredential ?? { accessKeyId: "", secretKey: "" };
  const answer = await signedPost(`${millrace.url}/_millrace/accounts/222222222222`, root);
  guest = (await answer.json()) as typeof guest;
});
afterAll(() => millrace.close());

function clientOf({ accessKeyId, secretKey }: Key): KinesisClient {
  return new KinesisClient({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials: { accessKeyId, secretAccessKey: secretKey },
    maxAttempts: 1,
  });
}

const arn = "arn:aws:kinesis:us-east-1:111111111111:stream/shared";
const describeShared = (key: Key): Promise<unknown> =>
  clientOf(key).send(new DescribeStreamSummaryCommand({ StreamARN: arn }));
const policy = (...statements: object[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({
      Principal: { AWS: "222222222222" },
      Resource: arn,
      ...statement,
    })),
  });

describe("verify mode", () => {
  it("shows the root credential that it makes", () => {
    expect(root.accessKeyId).toMatch(/^AKIA[A-Z0-9]{16}$/);
    expect(guest.account).toBe("222222222222");
  });

  it("lets the owner of a credential in, and nobody else", async () => {
    await clientOf(root).send(new CreateStreamCommand({ StreamName: "shared", ShardCount: 1 }));
    const wrong = { ...root, secretKey: `${root.secretKey.slice(0, -1)}!` };
    const unknown = { accessKeyId: "AKIAAAAAAAAAAAAAAAAA", secretKey: root.secretKey };
    await expect(clientOf(wrong).send(new ListStreamsCommand())).rejects.toMatchObject({
      name: "InvalidSignatureException",
    });
    await expect(clientOf(unknown).send(new ListStreamsCommand())).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
    const unsigned = await fetch(millrace.url, {
      method: "POST",
      headers: {
        "x-amz-target": "Kinesis_20131202.ListStreams",
        "content-type": "application/x-amz-json-1.1",
      },
      body: "{}",
    });
    expect(await unsigned.json()).toMatchObject({ __type: "MissingAuthenticationTokenException" });
  });

  it("keeps accounts apart unless a resource policy says otherwise", async () => {
    await expect(describeShared(guest)).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining(
        `not authorized to perform: kinesis:DescribeStreamSummary on resource: ${arn}`,
      ),
    });
    const allow = { Effect: "Allow", Action: "kinesis:Describe*" };
    await clientOf(root).send(new PutResourcePolicyCommand({ ResourceARN: arn, Policy: policy(allow) }));
    await expect(describeShared(guest)).resolves.toMatchObject({
      StreamDescriptionSummary: { StreamARN: arn },
    });
    const deny = { Effect: "Deny", Action: "kinesis:DescribeStreamSummary", Principal: "*" };
    await clientOf(root).send(
      new PutResourcePolicyCommand({ ResourceARN: arn, Policy: policy(allow, deny) }),
    );
    for (const key of [guest, root])
      await expect(describeShared(key)).rejects.toMatchObject({
        name: "AccessDeniedException",
        message: expect.stringContaining("explicit deny"),
      });
  });

  it("resets for its administrator only", async () => {
    expect((await fetch(`${millrace.url}/_millrace/reset`, { method: "POST" })).status).toBe(403);
    expect((await signedPost(`${millrace.url}/_millrace/reset`, guest)).status).toBe(403);
    expect((await signedPost(`${millrace.url}/_millrace/reset`, root)).status).toBe(200);
    expect((await clientOf(root).send(new ListStreamsCommand())).StreamNames).toEqual([]);
  });
});
