import { describe, expect, it } from "vitest";
import { codeAndMessageOf, codeOf, createInput, streamName, TestFirehose } from "../test-firehose.ts";

const records = (...texts: readonly (string | Buffer)[]): { Data: Buffer }[] =>
  texts.map((text) => ({ Data: Buffer.from(text) }));

describe("PutRecordBatch", () => {
  it("answers an id for each record and delivers them in order, with nothing between them", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    const answer = await firehose.run("PutRecordBatch", {
      DeliveryStreamName: streamName,
      Records: records("a", "b", "c"),
    });
    expect(answer).toMatchObject({ FailedPutCount: 0, Encrypted: false });
    const more = await firehose.run("PutRecordBatch", {
      DeliveryStreamName: streamName,
      Records: records("d"),
    });
    const entries = [...(answer.RequestResponses ?? []), ...(more.RequestResponses ?? [])];
    expect(new Set(entries.map(({ RecordId }) => RecordId)).size).toBe(4);
    await firehose.flush();
    expect(firehose.places.texts("lake")).toEqual(["abcd"]);
  });

  it("takes records without bytes", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await firehose.put("", "a", "");
    await firehose.flush();
    expect(firehose.places.texts("lake")).toEqual(["a"]);
  });

  it("takes 4 MiB and refuses a byte more, keeping nothing of it", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    const quarter = Buffer.alloc(1_000_000, "x");
    const rest = Buffer.alloc(4_194_304 - 4_000_000, "y");
    const run = (...texts: readonly Buffer[]): Promise<unknown> =>
      firehose.run("PutRecordBatch", { DeliveryStreamName: streamName, Records: records(...texts) });
    expect(await codeAndMessageOf(run(quarter, quarter, quarter, quarter, rest, Buffer.from("z")))).toEqual({
      code: "InvalidArgumentException",
      message: "Records size exceeds 4 MB limit",
    });
    await run(quarter, quarter, quarter, quarter, rest);
    await firehose.flush();
    expect(firehose.places.of("lake").reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBe(4_194_304);
  });

  it("knows no stream that is not there, is being created or is on its way out", async () => {
    await using firehose = await TestFirehose.start();
    const run = (): Promise<unknown> =>
      firehose.run("PutRecordBatch", { DeliveryStreamName: streamName, Records: records("a") });
    expect(await codeAndMessageOf(run())).toEqual({
      code: "ResourceNotFoundException",
      message: "Firehose clicks under account 000000000000 not found.",
    });
    await firehose.run("CreateDeliveryStream", createInput());
    expect(await codeOf(run())).toBe("ResourceNotFoundException");
    await firehose.settle();
    await firehose.run("DeleteDeliveryStream", { DeliveryStreamName: streamName });
    expect(await codeOf(run())).toBe("ResourceNotFoundException");
  });

  it("refuses puts into a stream that reads from a data stream", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create(
      {},
      {
        DeliveryStreamType: "KinesisStreamAsSource",
        KinesisStreamSourceConfiguration: {
          KinesisStreamARN: "arn:aws:kinesis:us-east-1:000000000000:stream/orders",
          RoleARN: "arn:aws:iam::000000000000:role/reader",
        },
      },
    );
    expect(await codeAndMessageOf(firehose.put("a"))).toEqual({
      code: "InvalidArgumentException",
      message: "This operation is not permitted on KinesisStreamAsSource delivery stream type.",
    });
  });

  it("keeps the records of calls at the same time apart", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await Promise.all(Array.from({ length: 20 }, (_, i) => firehose.put(`<${i}a`, `${i}b>`)));
    await firehose.flush();
    const [text = ""] = firehose.places.texts("lake");
    expect(text.match(/<(\d+)a\1b>/g)).toHaveLength(20);
  });

  it("counts what it takes", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await firehose.put("abc", "de");
    expect(firehose.metric("IncomingRecords")).toBe(2);
    expect(firehose.metric("IncomingBytes")).toBe(5);
    expect(firehose.metric("IncomingPutRequests")).toBe(1);
    expect(firehose.metric("PutRecordBatch.Records")).toBe(2);
    expect(firehose.metric("PutRecordBatch.Bytes")).toBe(5);
    expect(firehose.metric("PutRecordBatch.Requests")).toBe(1);
  });
});
