import { describe, expect, it } from "vitest";
import {
  codeAndMessageOf,
  codeOf,
  createInput,
  destinationId,
  errorOf,
  roleArn,
  streamName,
  TestFirehose,
} from "../test-firehose.ts";

describe("UpdateDestination", () => {
  it("merges what is said with what is there, under a new version", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({ Prefix: "a/", CompressionFormat: "GZIP" });
    firehose.clock.advance(1_000);
    await firehose.update({ Prefix: "b/", BufferingHints: { SizeInMBs: 9 } });
    const described = await firehose.describe();
    expect(described).toMatchObject({ VersionId: "2", LastUpdateTimestamp: new Date(firehose.clock.now()) });
    expect(described.Destinations[0]?.ExtendedS3DestinationDescription).toMatchObject({
      Prefix: "b/",
      CompressionFormat: "GZIP",
      BufferingHints: { SizeInMBs: 9, IntervalInSeconds: 300 },
    });
  });

  it("takes the older form of an S3 destination", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await firehose.run("UpdateDestination", {
      DeliveryStreamName: streamName,
      CurrentDeliveryStreamVersionId: "1",
      DestinationId: destinationId,
      S3DestinationUpdate: { Prefix: "old/" },
    });
    const [destination] = (await firehose.describe()).Destinations;
    expect(destination?.S3DestinationDescription?.Prefix).toBe("old/");
  });

  it("makes no version of an update that changes nothing", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({ Prefix: "a/" });
    await firehose.update({ Prefix: "a/" });
    expect((await firehose.describe()).VersionId).toBe("1");
  });

  it("delivers what was put before by the old destination, what comes by the new one", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({ Prefix: "old-" });
    await firehose.put("one");
    await firehose.update({ Prefix: "new-" });
    await firehose.state.streams.idle();
    await firehose.put("two");
    await firehose.flush();
    const found = firehose.places.of("lake").map(({ key, bytes }) => [key.slice(0, 4), bytes.toString()]);
    expect(found).toEqual([
      ["new-", "two"],
      ["old-", "one"],
    ]);
    const keys = firehose.places.of("lake").map(({ key }) => /clicks-(\d)-/.exec(key)?.[1]);
    expect(keys).toEqual(["2", "1"]);
  });

  it("comes to the newest of several updates, also after a restart in between", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({ Prefix: "v1-" });
    await firehose.put("one");
    await firehose.update({ Prefix: "v2-" });
    await firehose.update({ Prefix: "v3-" });
    await firehose.restart();
    await firehose.state.streams.idle();
    expect(firehose.stream.document.applied).toBeUndefined();
    await firehose.put("two");
    await firehose.flush();
    const texts = firehose.places.of("lake").map(({ key, bytes }) => `${key.slice(0, 3)}${bytes}`);
    expect(texts.filter((text) => text.endsWith("two"))).toEqual(["v3-two"]);
    expect(texts.filter((text) => text.endsWith("one"))).toHaveLength(1);
  });

  it("does not wait for a bucket that is gone: its records go to the new one", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({ BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 0 } });
    firehose.places.buckets.delete("lake");
    await firehose.put("one");
    await firehose.until(() => firehose.places.attempts > 0);
    await firehose.update({ BucketARN: "arn:aws:s3:::backup" });
    await firehose.state.streams.idle();
    await firehose.put("two");
    await firehose.flush();
    // Names of the same second are in no order.
    expect(firehose.places.texts("backup").toSorted().join("")).toBe("onetwo");
  });

  it("lets one of two updates from the same version win", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    const outcomes = await Promise.allSettled([
      firehose.update({ Prefix: "a/" }, "1"),
      firehose.update({ Prefix: "b/" }, "1"),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await firehose.describe()).VersionId).toBe("2");
    expect(await codeAndMessageOf(firehose.update({ Prefix: "c/" }, "1"))).toEqual({
      code: "ConcurrentModificationException",
      message:
        "Cannot update firehose: clicks since the current version id: 2 and specified version id: 1 do not match",
    });
  });

  it("refuses other destinations, no destination, and streams that are not ACTIVE", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.run("CreateDeliveryStream", createInput());
    expect(await codeAndMessageOf(firehose.update({ Prefix: "a/" }, "1"))).toEqual({
      code: "ResourceInUseException",
      message: "Cannot update firehose: clicks when it is in CREATING status",
    });
    await firehose.settle();
    const input = { DeliveryStreamName: streamName, CurrentDeliveryStreamVersionId: "1" };
    const other = { ...input, DestinationId: "destinationId-2", ExtendedS3DestinationUpdate: {} };
    expect((await errorOf(firehose.run("UpdateDestination", other))).message).toBe(
      "Destination Id destinationId-2 not found",
    );
    const nothing = firehose.run("UpdateDestination", { ...input, DestinationId: destinationId });
    expect(await codeOf(nothing)).toBe("InvalidArgumentException");
    const splunk = { ...input, DestinationId: destinationId, SplunkDestinationUpdate: { HECToken: "t" } };
    expect(await codeOf(firehose.run("UpdateDestination", splunk))).toBe("InvalidArgumentException");
  });

  it("checks the merged settings and keeps the old ones when they are wrong", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({ Prefix: "a/" });
    expect(await codeOf(firehose.update({ Prefix: "!{timestamp:yyyy}/" }))).toBe("InvalidArgumentException");
    expect(await codeOf(firehose.update({ BucketARN: "arn:aws:s3:::none" }))).toBe(
      "InvalidArgumentException",
    );
    const [destination] = (await firehose.describe()).Destinations;
    expect(destination?.S3DestinationDescription).toMatchObject({
      Prefix: "a/",
      BucketARN: "arn:aws:s3:::lake",
    });
  });

  it("enables a backup, which then stays enabled", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await firehose.update({
      S3BackupMode: "Enabled",
      S3BackupUpdate: { RoleARN: roleArn, BucketARN: "arn:aws:s3:::backup" },
    });
    await firehose.state.streams.idle();
    await firehose.put("both");
    await firehose.flush();
    expect(firehose.places.texts("lake")).toEqual(["both"]);
    expect(firehose.places.texts("backup")).toEqual(["both"]);
    expect((await errorOf(firehose.update({ S3BackupMode: "Disabled" }))).message).toBe(
      "Disabling S3 backup is not currently supported.",
    );
  });

  it("neither enables nor disables dynamic partitioning", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    const answer = firehose.update({ DynamicPartitioningConfiguration: { Enabled: true } });
    expect(await codeOf(answer)).toBe("InvalidArgumentException");
  });

  it("needs the permission to pass the roles that it names, and only those", async () => {
    await using firehose = await TestFirehose.start();
    const input = {
      DeliveryStreamName: streamName,
      CurrentDeliveryStreamVersionId: "1",
      DestinationId: destinationId,
    };
    const actions = (update: { RoleARN?: string; Prefix?: string }): string[] =>
      firehose
        .permissions("UpdateDestination", { ...input, ExtendedS3DestinationUpdate: update })
        .map(({ action, resources }) => `${action} ${resources[0]}`);
    const own = "firehose:UpdateDestination arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks";
    expect(actions({ Prefix: "a" })).toEqual([own]);
    expect(actions({ RoleARN: roleArn })).toEqual([own, `iam:PassRole ${roleArn}`]);
  });
});
