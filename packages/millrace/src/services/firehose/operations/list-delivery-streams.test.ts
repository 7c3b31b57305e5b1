import { describe, expect, it } from "vitest";
import { createInput, TestFirehose } from "../test-firehose.ts";

const source = {
  DeliveryStreamType: "KinesisStreamAsSource",
  KinesisStreamSourceConfiguration: {
    KinesisStreamARN: "arn:aws:kinesis:us-east-1:000000000000:stream/orders",
    RoleARN: "arn:aws:iam::000000000000:role/reader",
  },
} as const;

async function withStreams(...names: readonly string[]): Promise<TestFirehose> {
  const firehose = await TestFirehose.start();
  for (const name of names)
    await firehose.run("CreateDeliveryStream", createInput({}, { DeliveryStreamName: name }));
  return firehose;
}

describe("ListDeliveryStreams", () => {
  it("lists ten names at a time, in order, from behind a name", async () => {
    const names = Array.from({ length: 12 }, (_, i) => `s${String(i).padStart(2, "0")}`);
    await using firehose = await withStreams(...names.toReversed());
    expect(await firehose.run("ListDeliveryStreams", {})).toEqual({
      DeliveryStreamNames: names.slice(0, 10),
      HasMoreDeliveryStreams: true,
    });
    const rest = await firehose.run("ListDeliveryStreams", { ExclusiveStartDeliveryStreamName: "s09" });
    expect(rest).toEqual({ DeliveryStreamNames: ["s10", "s11"], HasMoreDeliveryStreams: false });
  });

  it("goes on from a name that is not there any more", async () => {
    await using firehose = await withStreams("a", "c", "e");
    const page = await firehose.run("ListDeliveryStreams", {
      ExclusiveStartDeliveryStreamName: "b",
      Limit: 1,
    });
    expect(page).toEqual({ DeliveryStreamNames: ["c"], HasMoreDeliveryStreams: true });
  });

  it("lists streams of one kind of source", async () => {
    await using firehose = await withStreams("a", "b");
    const input = createInput({}, { ...source, DeliveryStreamName: "k" });
    await firehose.run("CreateDeliveryStream", input);
    const names = async (type: "DirectPut" | "KinesisStreamAsSource" | "MSKAsSource"): Promise<unknown> =>
      (await firehose.run("ListDeliveryStreams", { DeliveryStreamType: type })).DeliveryStreamNames;
    expect(await names("DirectPut")).toEqual(["a", "b"]);
    expect(await names("KinesisStreamAsSource")).toEqual(["k"]);
    expect(await names("MSKAsSource")).toEqual([]);
  });

  it("lists an account's streams in a region alone", async () => {
    await using firehose = await withStreams("a");
    const other = await firehose.run("ListDeliveryStreams", {}, { region: "eu-west-1" });
    expect(other).toEqual({ DeliveryStreamNames: [], HasMoreDeliveryStreams: false });
  });
});
