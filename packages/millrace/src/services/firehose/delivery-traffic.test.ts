import { describe, expect, it } from "vitest";
import { DeliveryTraffic, type PastDelivery } from "./delivery-traffic.ts";
import { streamName, TestFirehose } from "./test-firehose.ts";

const nowMs = Date.UTC(2026, 0, 1);
const failure = { consumer: "destination", kind: "attempt", records: 0 } as const;

describe("DeliveryTraffic", () => {
  it("counts a failure that comes again and again as one, and puts it first", () => {
    const traffic = new DeliveryTraffic();
    const denied = { ...failure, code: "S3.AccessDenied", message: "Access was denied." };
    traffic.failed(denied, "s3://lake", nowMs);
    traffic.failed({ ...failure, code: "S3.SlowDown", message: "Slow down." }, "s3://lake", nowMs + 1);
    traffic.failed(denied, "s3://lake", nowMs + 2);
    expect(traffic.failures).toMatchObject([
      { code: "S3.AccessDenied", count: 2, firstMs: nowMs, lastMs: nowMs + 2 },
      { code: "S3.SlowDown", count: 1 },
    ]);
    expect(traffic.to("s3://lake")?.figures(nowMs + 2).lastMinute.errors).toBe(3);
  });

  it("remembers a bounded number of deliveries and failures, cut to a bounded length", () => {
    const traffic = new DeliveryTraffic();
    const batch = { partition: { id: "" }, records: 1, bytes: 1, encodedBytes: 1, firstArrivalTimeMs: 0 };
    for (let i = 0; i < 500; i++) {
      traffic.delivered("destination", { ...batch, durationMs: 1 }, `s3://lake/${i}`, nowMs + i);
      const message = `${i}${"x".repeat(10_000)}`;
      traffic.failed({ ...failure, code: "S3.InternalError", message }, "s3://lake", nowMs + i);
    }
    expect(traffic.deliveries).toHaveLength(50);
    expect(traffic.deliveries[0]?.place).toBe("s3://lake/499");
    expect(traffic.failures).toHaveLength(50);
    expect(traffic.failures[0]?.message).toHaveLength(1_000);
  });
});

describe("a delivery stream", () => {
  it("remembers who put records, and under which key they were delivered", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    const { traffic } = firehose.stream;
    const seen: PastDelivery[] = [];
    using _ = traffic.watch({ delivered: (delivery) => void seen.push(delivery), failed: () => {} });
    const Record = { Data: Buffer.from("abc") };
    const input = { DeliveryStreamName: streamName, Record };
    await firehose.run("PutRecord", input, { userAgent: "Boto3/1.40.1" });
    await firehose.run("PutRecord", input, { userAgent: "curl/8.5" });
    await firehose.flush();
    expect([...traffic.producers()].map(({ client }) => client?.library)).toEqual([
      "Boto3 1.40.1",
      "curl 8.5",
    ]);
    const [object] = firehose.places.of("lake");
    expect(traffic.deliveries).toMatchObject([
      { consumer: "destination", place: `s3://lake/${object?.key}`, records: 2, bytes: 6 },
    ]);
    expect(seen).toEqual(traffic.deliveries);
    expect(traffic.to("s3://lake")?.figures(firehose.clock.now()).lastMinute.records).toBe(2);
  });
});
