import { describe, expect, it } from "vitest";
import { codeAndMessageOf, codeOf, createInput, streamName, TestFirehose } from "../test-firehose.ts";

const input = { DeliveryStreamName: streamName };

describe("DeleteDeliveryStream", () => {
  it("takes the stream and the records that were not delivered", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await firehose.put("never delivered");
    await firehose.run("DeleteDeliveryStream", input);
    expect((await firehose.describe()).DeliveryStreamStatus).toBe("DELETING");
    await firehose.settle();
    expect(await codeOf(firehose.run("DescribeDeliveryStream", input))).toBe("ResourceNotFoundException");
    await firehose.create();
    await firehose.flush();
    expect(firehose.places.texts("lake")).toEqual([]);
  });

  it("may be called again while the stream is on its way out", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await Promise.all([
      firehose.run("DeleteDeliveryStream", input),
      firehose.run("DeleteDeliveryStream", { ...input, AllowForceDelete: true }),
    ]);
    await firehose.settle();
    expect(await codeOf(firehose.run("DeleteDeliveryStream", input))).toBe("ResourceNotFoundException");
  });

  it("does not delete a stream that is being created", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.run("CreateDeliveryStream", createInput());
    expect(await codeAndMessageOf(firehose.run("DeleteDeliveryStream", input))).toEqual({
      code: "ResourceInUseException",
      message: "Firehose clicks under account 000000000000 cannot be deleted in CREATING state",
    });
  });

  it("deletes while deliveries fail, and ends them", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({ BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 0 } });
    firehose.places.buckets.clear();
    await firehose.put("a");
    await firehose.until(() => firehose.places.attempts > 0);
    await firehose.run("DeleteDeliveryStream", input);
    await firehose.settle();
    const { attempts } = firehose.places;
    firehose.places.buckets.add("lake");
    firehose.clock.advance(600_000);
    await firehose.create();
    expect(firehose.places.attempts).toBe(attempts);
    expect(firehose.places.objects.size).toBe(0);
  });

  it("ends what a restart has interrupted", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await firehose.run("DeleteDeliveryStream", input);
    await firehose.restart();
    expect((await firehose.describe()).DeliveryStreamStatus).toBe("DELETING");
    await firehose.settle();
    expect(await codeOf(firehose.run("DescribeDeliveryStream", input))).toBe("ResourceNotFoundException");
  });
});
