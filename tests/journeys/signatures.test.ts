import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListStreamsCommand,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStream, kinesisClient } from "../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { send } from "../fixtures/raw-http.ts";

const listStreams = {
  "content-type": "application/x-amz-json-1.1",
  "x-amz-target": "Kinesis_20131202.ListStreams",
};
let millrace: MillraceProcess;
let accessKeyId: string;
let secretAccessKey: string;
const clients: KinesisClient[] = [];

beforeAll(async () => {
  millrace = await MillraceProcess.start({ flags: { auth: "verify", account: "123456789012" } });
  ({ accessKeyId, secretAccessKey } = millrace.root);
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await millrace.dispose();
});

describe("a Millrace that verifies", () => {
  it("shows its root credential at the first start, and takes it", async () => {
    expect(millrace.stdout).toContain("The root credential of account 123456789012, shown this once:");
    const client = clientWith({ accessKeyId, secretAccessKey });
    await createStream(client, "signed");
    const { StreamDescriptionSummary } = await client.send(
      new DescribeStreamSummaryCommand({ StreamName: "signed" }),
    );
    expect(StreamDescriptionSummary?.StreamARN).toBe("arn:aws:kinesis:us-east-1:123456789012:stream/signed");
  });

  it("takes it after a restart too, and does not show it again", async () => {
    expect(await millrace.terminate()).toBe(0);
    await millrace.start();
    expect(millrace.stdout).not.toContain("AWS_SECRET_ACCESS_KEY");
    expect(millrace.stdout).toContain(`Millrace is ready at ${millrace.url}\n`);
    const { StreamNames } = await clientWith({ accessKeyId, secretAccessKey }).send(
      new ListStreamsCommand({}),
    );
    expect(StreamNames).toEqual(["signed"]);
  });

  it.each([
    [
      "a wrong secret",
      () => ({ accessKeyId, secretAccessKey: `${secretAccessKey}x` }),
      "InvalidSignatureException",
    ],
    [
      "an unknown key",
      () => ({ accessKeyId: "AKIAUNKNOWN000000000", secretAccessKey }),
      "UnrecognizedClientException",
    ],
    [
      "a wrong session token",
      () => ({ accessKeyId, secretAccessKey, sessionToken: "made up" }),
      "UnrecognizedClientException",
    ],
  ])("refuses %s", async (_, credentials, code) => {
    const create = new CreateStreamCommand({ StreamName: "forged", ShardCount: 1 });
    await expect(clientWith(credentials()).send(create)).rejects.toMatchObject({
      name: code,
      $metadata: { httpStatusCode: expect.toSatisfy((status: number) => status === 400 || status === 403) },
    });
  });

  it("refuses a signature of another time", async () => {
    const late = kinesisClient(millrace.url, {
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 1,
      systemClockOffset: -3_600_000,
    });
    clients.push(late);
    const failure = await late.send(new ListStreamsCommand({})).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "InvalidSignatureException" });
    expect(String(failure)).toContain("Signature expired");
  });

  it("refuses what is not signed, and a reset by anybody", async () => {
    const unsigned = await send(millrace.port, { headers: listStreams, body: "{}" });
    expect([400, 403]).toContain(unsigned.status);
    expect(JSON.parse(unsigned.body.toString())).toMatchObject({
      __type: "MissingAuthenticationTokenException",
    });
    const reset = await send(millrace.port, { path: "/_millrace/reset" });
    expect(reset.status).toBe(403);
    const { StreamNames } = await clientWith({ accessKeyId, secretAccessKey }).send(
      new ListStreamsCommand({}),
    );
    expect(StreamNames).toEqual(["signed"]);
  });
});

function clientWith(credentials: {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}): KinesisClient {
  const client = kinesisClient(millrace.url, { credentials, maxAttempts: 1 });
  clients.push(client);
  return client;
}
