import type { LifecycleRule } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../core/errors.ts";
import { lifecycleRules } from "./lifecycle-input.ts";
import { describeRule } from "./lifecycle-output.ts";

const rule: LifecycleRule = { ID: "r", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } };

function refusal(rules: readonly LifecycleRule[] | undefined): string {
  try {
    lifecycleRules(rules);
  } catch (thrown) {
    if (thrown instanceof ServiceError) return `${thrown.code} ${thrown.message}`;
    throw thrown;
  }
  return "taken";
}

describe("lifecycle rules", () => {
  it("come back as they were put", () => {
    const rules: LifecycleRule[] = [
      rule,
      {
        ID: "all",
        Status: "Disabled",
        Filter: { And: { Prefix: "a", Tags: [{ Key: "k", Value: "v" }], ObjectSizeGreaterThan: 1 } },
        Expiration: { Date: new Date(Date.UTC(2030, 0, 1)) },
        Transitions: [{ Date: new Date(Date.UTC(2029, 0, 1)), StorageClass: "GLACIER" }],
        NoncurrentVersionExpiration: { NoncurrentDays: 90, NewerNoncurrentVersions: 3 },
        NoncurrentVersionTransitions: [{ NoncurrentDays: 30, StorageClass: "STANDARD_IA" }],
      },
      {
        ID: "old",
        Status: "Enabled",
        Prefix: "",
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
      { ID: "markers", Status: "Enabled", Filter: {}, Expiration: { ExpiredObjectDeleteMarker: true } },
    ];
    expect(lifecycleRules(rules).map(describeRule)).toEqual(rules);
    // What is kept goes through JSON.
    const kept = JSON.parse(JSON.stringify(lifecycleRules(rules))) as ReturnType<typeof lifecycleRules>;
    expect(kept.map(describeRule)).toEqual(rules);
  });

  it("are named when they have no name", () => {
    expect(lifecycleRules([{ ...rule, ID: undefined }])[0]?.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each<[string, readonly LifecycleRule[] | undefined]>([
    ["MalformedXML", undefined],
    ["MalformedXML", []],
    ["MalformedXML", Array(1001).fill(rule)],
    ["MalformedXML", [{ ...rule, Filter: undefined }]],
    ["MalformedXML", [{ ...rule, Prefix: "" }]],
    ["MalformedXML", [{ ...rule, Status: "On" as "Enabled" }]],
    ["MalformedXML", [{ ...rule, Filter: { Prefix: "a", ObjectSizeLessThan: 9 } }]],
    ["MalformedXML", [{ ...rule, Filter: { Tag: { Key: "", Value: "" } } }]],
    ["MalformedXML", [{ ...rule, Expiration: {} }]],
    ["MalformedXML", [{ ...rule, Expiration: { Days: 1, ExpiredObjectDeleteMarker: true } }]],
    ["MalformedXML", [{ ...rule, Transitions: [{ StorageClass: "GLACIER" }] }]],
    ["MalformedXML", [{ ...rule, Transitions: [{ Days: 1, StorageClass: "STANDARD" as "GLACIER" }] }]],
    ["MalformedXML", [{ ...rule, NoncurrentVersionExpiration: { NewerNoncurrentVersions: 1 } }]],
    ["InvalidRequest At least one action needs", [{ ...rule, Expiration: undefined }]],
    ["InvalidArgument Rule ID must be unique.", [rule, rule]],
    ["InvalidArgument ID length should not exceed allowed limit of 255", [{ ...rule, ID: "x".repeat(256) }]],
    [
      "InvalidArgument 'Days' for Expiration action must be a positive",
      [{ ...rule, Expiration: { Days: 0 } }],
    ],
    [
      "InvalidArgument 'Days' for Expiration action must be a positive",
      [{ ...rule, Expiration: { Days: 1.5 } }],
    ],
    ["InvalidArgument 'Date' must be at midnight GMT", [{ ...rule, Expiration: { Date: new Date(1) } }]],
    [
      "InvalidArgument 'Days' for Transition action must be nonneg",
      [{ ...rule, Transitions: [{ Days: -1, StorageClass: "GLACIER" }] }],
    ],
    [
      "InvalidArgument 'Days' in Transition action must be greater than or equal to 30",
      [{ ...rule, Transitions: [{ Days: 29, StorageClass: "STANDARD_IA" }] }],
    ],
    [
      "InvalidArgument 'Days' in the Expiration action for prefix '' must be greater",
      [{ ...rule, Transitions: [{ Days: 1, StorageClass: "GLACIER" }] }],
    ],
    [
      "InvalidRequest Found mixed 'Date' and 'Days'",
      [{ ...rule, Transitions: [{ Date: new Date(0), StorageClass: "GLACIER" }] }],
    ],
    [
      "InvalidRequest 'StorageClass' must be different",
      [
        {
          ...rule,
          Expiration: undefined,
          Transitions: [
            { Days: 1, StorageClass: "GLACIER" },
            { Days: 2, StorageClass: "GLACIER" },
          ],
        },
      ],
    ],
    [
      "InvalidRequest Duplicate Tag Keys are not allowed.",
      [
        {
          ...rule,
          Filter: {
            And: {
              Tags: [
                { Key: "a", Value: "1" },
                { Key: "a", Value: "2" },
              ],
            },
          },
        },
      ],
    ],
    [
      "InvalidRequest 'ObjectSizeLessThan' has to be a value greater",
      [{ ...rule, Filter: { And: { ObjectSizeGreaterThan: 2, ObjectSizeLessThan: 2 } } }],
    ],
    [
      "InvalidArgument 'ObjectSizeGreaterThan' should be between",
      [{ ...rule, Filter: { ObjectSizeGreaterThan: -1 } }],
    ],
    [
      "InvalidRequest ExpiredObjectDeleteMarker cannot be specified with Tags.",
      [
        {
          ...rule,
          Filter: { Tag: { Key: "a", Value: "" } },
          Expiration: { ExpiredObjectDeleteMarker: true },
        },
      ],
    ],
    [
      "InvalidRequest AbortIncompleteMultipartUpload cannot be specified with Tags.",
      [
        {
          ...rule,
          Filter: { Tag: { Key: "a", Value: "" } },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        },
      ],
    ],
    [
      "InvalidArgument 'DaysAfterInitiation' for AbortIncomplete",
      [{ ...rule, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 0 } }],
    ],
    [
      "InvalidArgument 'NewerNoncurrentVersions' must be",
      [{ ...rule, NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 101 } }],
    ],
  ])("are refused: %s", (message, rules) => {
    expect(refusal(rules)).toContain(message);
  });
});
