import { expect, it } from "vitest";
import { contextEntries, knownContext, linesOf, nameOfArn } from "./simulation.ts";

it("reads lists of actions", () => {
  expect(linesOf("s3:GetObject, s3:PutObject\n\n kinesis:PutRecord ")).toEqual([
    "s3:GetObject",
    "s3:PutObject",
    "kinesis:PutRecord",
  ]);
});

it("leaves out context without a value", () => {
  expect(
    contextEntries([
      { key: "aws:username", type: "string", value: "jo" },
      { key: "aws:TagKeys", type: "stringList", value: "a, b" },
      { key: "aws:SourceIp", type: "ip", value: "" },
      { key: "", type: "string", value: "x" },
    ]),
  ).toEqual([
    { ContextKeyName: "aws:username", ContextKeyType: "string", ContextKeyValues: ["jo"] },
    { ContextKeyName: "aws:TagKeys", ContextKeyType: "stringList", ContextKeyValues: ["a", "b"] },
  ]);
});

it("knows what a principal tells about itself", () => {
  expect(nameOfArn("arn:aws:iam::000000000000:role/service-role/glue/crawler")).toEqual({
    kind: "role",
    name: "crawler",
  });
  expect(knownContext("arn:aws:iam::000000000000:user/jo")).toEqual({
    "aws:PrincipalArn": "arn:aws:iam::000000000000:user/jo",
    "aws:PrincipalAccount": "000000000000",
    "aws:username": "jo",
  });
  expect(knownContext("arn:aws:iam::000000000000:role/r")).not.toHaveProperty("aws:username");
});
