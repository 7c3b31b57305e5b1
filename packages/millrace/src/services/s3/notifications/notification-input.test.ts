import type { NotificationConfiguration } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../core/errors.ts";
import { keptNotifications } from "./notification-input.ts";

type Queue = NonNullable<NotificationConfiguration["QueueConfigurations"]>[number];
const QueueArn = "arn:aws:sqs:us-east-1:000000000000:q";
const queue = (changes: Partial<Queue> = {}): Queue => ({
  QueueArn,
  Events: ["s3:ObjectCreated:*"],
  ...changes,
});
const filter = (...rules: readonly [string, string][]): Partial<Queue> => ({
  Filter: { Key: { FilterRules: rules.map(([Name, Value]) => ({ Name: Name as "prefix", Value })) } },
});

function refusal(input: NotificationConfiguration, skipValidation = true): string {
  try {
    keptNotifications(input, { skipValidation });
  } catch (thrown) {
    if (thrown instanceof ServiceError)
      return `${thrown.code} ${thrown.message} ${String(thrown.members["ArgumentValue"] ?? "")}`;
    throw thrown;
  }
  return "taken";
}

describe("notification configurations", () => {
  it("are kept, with names for those that have none", () => {
    const input = {
      QueueConfigurations: [queue({ Id: "a", ...filter(["Prefix", "logs/"]) })],
      LambdaFunctionConfigurations: [
        {
          LambdaFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:f",
          Events: ["s3:ObjectRemoved:*" as const],
        },
      ],
      EventBridgeConfiguration: {},
    };
    const kept = keptNotifications(input, { skipValidation: true });
    expect(kept).toMatchObject(input);
    expect(kept?.LambdaFunctionConfigurations?.[0]?.Id).toMatch(/^[0-9a-f-]{36}$/);
    expect(keptNotifications({}, { skipValidation: false })).toBeUndefined();
    expect(keptNotifications({ QueueConfigurations: [] }, { skipValidation: false })).toBeUndefined();
  });

  it("name what Millrace does not have", () => {
    expect(refusal({ QueueConfigurations: [queue()] }, false)).toContain("Millrace has no sqs");
    expect(refusal({ EventBridgeConfiguration: {} }, false)).toContain("Millrace has no EventBridge");
  });

  it("may share an event when keys tell rules apart", () => {
    const by = (...changes: readonly Partial<Queue>[]): string =>
      refusal({ QueueConfigurations: changes.map((change, i) => queue({ Id: `${i}`, ...change })) });
    expect(by(filter(["prefix", "a"]), filter(["prefix", "b"]))).toBe("taken");
    expect(by(filter(["suffix", ".jpg"]), filter(["suffix", ".png"]))).toBe("taken");
    expect(by({ Events: ["s3:ObjectCreated:Put"] }, { Events: ["s3:ObjectCreated:Copy"] })).toBe("taken");
    expect(by({ Events: ["s3:ObjectCreated:Put"] }, {})).toContain("ambiguously defined");
    expect(by(filter(["prefix", "a"]), filter(["prefix", "ab"]))).toContain("ambiguously defined");
    expect(by(filter(["prefix", "a"], ["suffix", ".jpg"]), filter(["suffix", ".jpg"]))).toContain(
      "ambiguously",
    );
  });

  it.each<[string, Partial<Queue>]>([
    ["MalformedXML", { Events: [] }],
    ["InvalidArgument The ARN could not be parsed", { QueueArn: "q" }],
    ["InvalidArgument The ARN is not valid", { QueueArn: "arn:aws:sns:us-east-1:000000000000:t" }],
    [
      "InvalidArgument The event 's3:Sometimes' is not supported",
      { Events: ["s3:Sometimes" as "s3:ObjectCreated:*"] },
    ],
    ["InvalidArgument filter rule name must be either prefix or suffix", filter(["infix", "x"])],
    ["InvalidArgument Cannot specify more than one prefix rule", filter(["prefix", "a"], ["Prefix", "b"])],
    ["InvalidArgument filter value cannot be larger", filter(["prefix", "x".repeat(1025)])],
  ])("are refused: %s", (message, changes) => {
    expect(refusal({ QueueConfigurations: [queue(changes)] })).toContain(message);
  });

  it("have names of their own, and not too many rules", () => {
    const twice = [
      queue({ Id: "a", ...filter(["prefix", "a"]) }),
      queue({ Id: "a", ...filter(["prefix", "b"]) }),
    ];
    expect(refusal({ QueueConfigurations: twice })).toContain("Same ID used");
    expect(refusal({ QueueConfigurations: Array(101).fill(queue()) })).toContain("MalformedXML");
  });
});
