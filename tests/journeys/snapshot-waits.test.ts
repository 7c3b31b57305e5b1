import { request } from "node:http";
import {
  DescribeStreamSummaryCommand,
  PutRecordCommand,
  RegisterStreamConsumerCommand,
  SubscribeToShardCommand,
} from "@aws-sdk/client-kinesis";
import { CreateBucketCommand, GetObjectCommand } from "@aws-sdk/client-s3";
import pg from "pg";
import { expect, it, vi } from "vitest";
import { createStream, kinesisClient, recordsByShard, textOf } from "../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

it("a snapshot does not wait for ever for subscriptions, uploads and sessions, and breaks none of the others", async () => {
  const millrace = await MillraceProcess.start();
  const [kinesis, s3] = [kinesisClient(millrace.url), s3Client(millrace.url)];
  try {
    await createStream(kinesis, "pushed");
    await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
    const { StreamDescriptionSummary: stream } = await kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName: "pushed" }),
    );
    const { Consumer } = await kinesis.send(
      new RegisterStreamConsumerCommand({ StreamARN: stream?.StreamARN, ConsumerName: "reader" }),
    );
    const seen: string[] = [];
    const subscribe = async (): Promise<void> => {
      const { EventStream } = await kinesis.send(
        new SubscribeToShardCommand({
          ConsumerARN: Consumer?.ConsumerARN,
          ShardId: "shardId-000000000000",
          StartingPosition: { Type: "TRIM_HORIZON" },
        }),
      );
      for await (const event of EventStream ?? [])
        for (const record of event.SubscribeToShardEvent?.Records ?? []) seen.push(textOf(record));
    };
    await vi.waitFor(() => kinesis.send(new PutRecordCommand(record("before"))));
    let subscription = vi.waitFor(subscribe).catch((error: unknown) => error);
    await vi.waitFor(() => expect(seen).toEqual(["before"]), { timeout: 20_000 });
    const session = await openSession(millrace.sqlPort);
    const upload = slowUpload(millrace.port);
    // The subscription and the upload have arrived.
    await vi.waitFor(async () => {
      const metrics = await (await fetch(`${millrace.url}/_millrace/metrics`)).text();
      expect(metrics).toMatch(/^millrace_requests_in_flight 2$/m);
    });

    const saved = await fetch(`${millrace.url}/_millrace/snapshot`);
    expect(saved.status).toBe(200);
    await saved.arrayBuffer();
    await subscription;
    expect(session.failure).toMatchObject({ code: "57P01" });
    expect(await upload()).not.toBe(200);
    await expect(s3.send(new GetObjectCommand({ Bucket: "lake", Key: "slow" }))).rejects.toThrow();

    await kinesis.send(new PutRecordCommand(record("after")));
    seen.length = 0;
    subscription = subscribe().catch((error: unknown) => error);
    await vi.waitFor(() => expect(seen).toEqual(["before", "after"]), { timeout: 20_000 });
    expect([...(await recordsByShard(kinesis, "pushed")).values()].flat().map(textOf)).toEqual([
      "before",
      "after",
    ]);
    const { client } = await openSession(millrace.sqlPort);
    expect((await client.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    await client.end();
    expect(await millrace.terminate()).toBe(0);
  } finally {
    kinesis.destroy();
    s3.destroy();
    await millrace.dispose();
  }
});

interface Session {
  readonly client: pg.Client;
  /** What it heard first of its end. */
  failure: unknown;
}

async function openSession(port: number): Promise<Session> {
  const client = new pg.Client({ port, host: "127.0.0.1", user: "awsuser", database: "dev" });
  const session: Session = { client, failure: undefined };
  client.on("error", (error: unknown) => {
    session.failure ??= error;
  });
  await client.connect();
  return session;
}

function record(text: string): ConstructorParameters<typeof PutRecordCommand>[0] {
  return { StreamName: "pushed", PartitionKey: "k", Data: Buffer.from(text) };
}

/** Sends the first half of an object; the function that it answers sends the rest and tells the status. */
function slowUpload(port: number): () => Promise<number | undefined> {
  const sent = request({ port, method: "PUT", path: "/lake/slow", headers: { "content-length": 200_000 } });
  const status = new Promise<number | undefined>((resolve) => {
    sent.on("response", (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", () => resolve(undefined));
  });
  sent.write(Buffer.alloc(100_000));
  return () => {
    sent.end(Buffer.alloc(100_000));
    return status;
  };
}
