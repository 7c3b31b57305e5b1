import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connector, Sink } from "../kernels/streaming/connector-port.ts";
import { firehoseConnector } from "../kernels/streaming/connectors/firehose.ts";
import { FirehoseSink } from "../kernels/streaming/connectors/firehose-sink.ts";
import { DirectIntake } from "../services/firehose/index.ts";
import { streamName, TestFirehose } from "../services/firehose/test-firehose.ts";
import { StreamingDelivery } from "./streaming-delivery.ts";
import { rowsBlock, sinkContext, textTable } from "./test-streaming-sinks.ts";

const options = { connector: "firehose", "delivery-stream": streamName, format: "json" };

let firehose: TestFirehose;
beforeEach(async () => {
  firehose = await TestFirehose.start();
});
afterEach(() => firehose[Symbol.asyncDispose]());

function connector(): Connector {
  return firehoseConnector(
    new StreamingDelivery(
      async () => new DirectIntake(firehose.state),
      async () => firehose.roles,
    ),
  );
}

async function openSink(extra: Readonly<Record<string, string>> = {}): Promise<Sink> {
  const sink = await connector().openSink?.(textTable(["a"], [], { ...options, ...extra }), sinkContext());
  if (sink === undefined) throw new TypeError("no sink");
  return sink;
}

async function delivered(): Promise<string> {
  await firehose.flush();
  return firehose.places.texts("lake").join("");
}

describe("rows into a delivery stream", () => {
  it("are its records, as they are", async () => {
    await firehose.create();
    const sink = await openSink();
    expect(sink.guarantee).toBe("at-least-once");
    await sink.recover(undefined);
    await sink.write(1, rowsBlock([["{1}"], ["{2}"]]));
    await sink.write(2, rowsBlock([["{3}"]]));
    await sink.commit(await sink.prepare(1));
    expect(await delivered()).toBe("{1}{2}{3}");
  });

  it("go in batches that Firehose takes", async () => {
    const batches: number[] = [];
    const sink = new FirehoseSink({
      async put(records) {
        batches.push(records.length);
      },
    });
    await sink.write(1, rowsBlock(Array.from({ length: 1_201 }, (): [string] => ["x"])));
    const large = "y".repeat(1_000_000);
    await sink.write(2, rowsBlock(Array.from({ length: 9 }, (): [string] => [large])));
    expect(batches).toEqual([500, 500, 201, 4, 4, 1]);
  });

  it("may not be larger than records are", async () => {
    await firehose.create();
    const sink = await openSink();
    const error: unknown = await sink
      .write(1, rowsBlock([["z".repeat(1_024_001)]]))
      .catch((reason: unknown) => reason);
    expect(`${error}`).toContain("1024001 bytes");
    expect(sink.isTransient(error)).toBe(false);
  });

  it("go on where they were refused for a while", async () => {
    await firehose.create();
    const sink = await openSink();
    await sink.write(1, rowsBlock([["a"]]));
    firehose.roles.forbidden.add("firehose:PutRecordBatch");
    const error: unknown = await sink.write(2, rowsBlock([["b"]])).catch((reason: unknown) => reason);
    expect(sink.isTransient(error)).toBe(true);
    firehose.roles.forbidden.clear();
    await sink.write(2, rowsBlock([["b"]]));
    expect(await delivered()).toBe("ab");
  });

  it("need a stream that takes them", async () => {
    await expect(openSink()).rejects.toMatchObject({
      name: "DeliveryAccessError",
      message: `Firehose ${streamName} under account 000000000000 not found.`,
    });
    await firehose.create();
    await expect(openSink({ "aws.region": "eu-west-1" })).rejects.toThrow("not found");
    firehose.roles.untrusting.add(sinkContext().roleArn ?? "");
    await expect(openSink()).rejects.toThrow("not trusted");
  });
});

describe("options of a delivery stream", () => {
  it.each([
    [{ "delivery-stream": "" }, "22023", "delivery-stream"],
    [{ "aws.endpoint": "http://elsewhere" }, "0A000", "aws.endpoint"],
    [{ shape: "round" }, "22023", "shape"],
    [{ format: "avro" }, "0A000", "avro"],
  ])("%j: %s", (extra, sqlState, words) => {
    const check = (): void => connector().checkSink?.(textTable(["a"], [], { ...options, ...extra }));
    expect(check).toThrow(expect.objectContaining({ sqlState, message: expect.stringContaining(words) }));
  });

  it("say that it is no source", () => {
    expect(() => connector().checkSource?.(textTable(["a"], [], options))).toThrow(
      "Firehose is a destination; read its source stream or its S3 output",
    );
  });

  it("leave speed to Millrace", () => {
    const table = textTable(["a"], [], {
      ...options,
      "sink.batch.max-size": "10",
      "aws.region": "us-east-1",
    });
    expect(() => connector().checkSink?.(table)).not.toThrow();
  });
});
