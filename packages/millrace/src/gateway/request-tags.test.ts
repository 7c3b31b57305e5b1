import { expect, test } from "vitest";
import { requestTags } from "./request-tags.ts";

test.each([
  ["a list, as IAM has it", { Tags: [{ Key: "a", Value: "1" }, { Key: "b" }] }],
  [
    "a list in small letters, as Kafka's cousins have it",
    {
      tags: [
        { key: "a", value: "1" },
        { key: "b", value: "" },
      ],
    },
  ],
  [
    "a list of KMS",
    {
      Tags: [
        { TagKey: "a", TagValue: "1" },
        { TagKey: "b", TagValue: "" },
      ],
    },
  ],
  ["a map, as Kinesis has it", { Tags: { a: "1", b: "" } }],
  [
    "a TagList of EMR's kind",
    {
      TagList: [
        { Key: "a", Value: "1" },
        { Key: "b", Value: "" },
      ],
    },
  ],
])("%s", (_, input) => {
  expect(requestTags(input)).toEqual({
    "aws:TagKeys": ["a", "b"],
    "aws:RequestTag/a": "1",
    "aws:RequestTag/b": "",
  });
});

test("keys of tags that are to be removed", () => {
  expect(requestTags({ TagKeys: ["a"] })).toEqual({ "aws:TagKeys": ["a"] });
});

test.each([[undefined], [null], ["x"], [{}], [{ Tags: "x" }], [{ Tags: [1, null] }], [{ Tags: [] }]])(
  "%j has no tags",
  (input) => {
    expect(requestTags(input)).toEqual({});
  },
);
