import { describe, expect, it } from "vitest";
import type { Bucket } from "../../../kernels/objects/index.ts";
import { eventRecord } from "./event-record.ts";
import { rulesFor } from "./notification-rule.ts";

const configuration = {
  QueueConfigurations: [
    {
      Id: "images",
      QueueArn: "arn:aws:sqs:us-east-1:000000000000:q",
      Events: ["s3:ObjectCreated:*" as const],
      Filter: {
        Key: {
          FilterRules: [
            { Name: "Prefix" as "prefix", Value: "in/" },
            { Name: "suffix" as const, Value: ".jpg" },
          ],
        },
      },
    },
  ],
  TopicConfigurations: [
    {
      Id: "gone",
      TopicArn: "arn:aws:sns:us-east-1:000000000000:t",
      Events: ["s3:ObjectRemoved:Delete" as const, "s3:LifecycleTransition" as const],
    },
  ],
};
const ids = (name: string, key: string): string[] =>
  rulesFor(configuration, { name, key }).map(({ id }) => id);

describe("an event", () => {
  it("goes to the rules that it fits", () => {
    expect(ids("ObjectCreated:Put", "in/a.jpg")).toEqual(["images"]);
    expect(ids("ObjectCreated:Post", "in/a.jpg")).toEqual(["images"]);
    expect(ids("ObjectCreated:Put", "in/a.png")).toEqual([]);
    expect(ids("ObjectCreated:Put", "out/a.jpg")).toEqual([]);
    expect(ids("ObjectRemoved:Delete", "anything")).toEqual(["gone"]);
    expect(ids("ObjectRemoved:DeleteMarkerCreated", "anything")).toEqual([]);
    expect(ids("LifecycleTransition", "anything")).toEqual(["gone"]);
  });

  it("is told as AWS tells it", () => {
    const bucket: Bucket = {
      name: "orders",
      account: "000000000000",
      region: "eu-west-1",
      createdAtMs: 0,
      versioning: "off",
      objectLock: false,
      settings: {},
    };
    const event = {
      name: "ObjectCreated:Put",
      key: "in/a b+c/ü.jpg",
      versionId: undefined,
      size: 3,
      etag: "900150983cd24fb0d6963f7d28e17f72",
      sequencer: "0A",
      timeMs: Date.UTC(2026, 0, 1),
    };
    expect(eventRecord(bucket, event, { ruleId: "images", requestId: "r-1" })).toMatchObject({
      eventVersion: "2.1",
      eventSource: "aws:s3",
      awsRegion: "eu-west-1",
      eventTime: "2026-01-01T00:00:00.000Z",
      eventName: "ObjectCreated:Put",
      responseElements: { "x-amz-request-id": "r-1" },
      s3: {
        configurationId: "images",
        bucket: { name: "orders", arn: "arn:aws:s3:::orders" },
        object: { key: "in/a+b%2Bc/%C3%BC.jpg", size: 3, eTag: event.etag, sequencer: "0A" },
      },
    });
    const removal = eventRecord(bucket, { ...event, name: "ObjectRemoved:Delete" }, { ruleId: "gone" });
    expect((removal["s3"] as { object: object }).object).toEqual({
      key: "in/a+b%2Bc/%C3%BC.jpg",
      sequencer: "0A",
    });
  });
});
