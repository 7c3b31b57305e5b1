import { expect, it } from "vitest";
import { awsCommand, curlCommand } from "./cli.ts";
import { javascriptProgram } from "./javascript.ts";
import { pythonProgram } from "./python.ts";

const place = { endpoint: "http://127.0.0.1:4566", region: "us-east-1" };
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

it("writes commands of the AWS CLI", () => {
  expect(
    awsCommand("kinesis", "PutRecord", { StreamName: "s", PartitionKey: "it's", Data: text("hi") }),
  ).toBe(`aws kinesis put-record --stream-name s --partition-key 'it'\\''s' --data aGk=`);
  expect(
    awsCommand("kinesis", "CreateStream", { StreamName: "s", ShardCount: 2, StreamModeDetails: undefined }),
  ).toBe("aws kinesis create-stream --stream-name s --shard-count 2");
  expect(
    awsCommand("redshift", "ModifyCluster", { ClusterIdentifier: "c", KmsKeyId: "k", Encrypted: true }),
  ).toBe("aws redshift modify-cluster --cluster-identifier c --kms-key-id k --encrypted");
  expect(awsCommand("s3", "ListObjectsV2", { Bucket: "b" })).toBe("aws s3api list-objects-v2 --bucket b");
  expect(awsCommand("kinesis", "PutRecords", { Records: [{ Data: text("hi"), PartitionKey: "p" }] })).toBe(
    `aws kinesis put-records --records '[{"Data":"aGk=","PartitionKey":"p"}]'`,
  );
  expect(awsCommand("kinesis", "GetRecords", { Data: new Uint8Array(5_000) })).toContain("fileb://FILE");
});

it("writes commands of curl", () => {
  expect(curlCommand(place.endpoint, "GET", "status", undefined)).toBe(
    "curl http://127.0.0.1:4566/_millrace/status",
  );
  expect(curlCommand(place.endpoint, "POST", "reset", '{"a":1}')).toBe(
    `curl -X POST http://127.0.0.1:4566/_millrace/reset -d '{"a":1}'`,
  );
});

it("writes programs in JavaScript that can be read back", () => {
  const program = javascriptProgram(
    "kinesis",
    "PutRecord",
    {
      StreamName: 'a"b',
      Data: text("hi"),
      Tags: { "x-y": [1, true] },
      At: new Date(0),
      Bytes: new Uint8Array([255]),
    },
    place,
  );
  expect(program).toContain('import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";');
  const literal = /PutRecordCommand\((\{[\s\S]*\})\)\)/.exec(program)?.[1] ?? "";
  expect(new Function(`return (${literal})`)()).toEqual({
    StreamName: 'a"b',
    Data: Buffer.from("hi"),
    Tags: { "x-y": [1, true] },
    At: new Date(0),
    Bytes: Buffer.from([255]),
  });
});

it("writes programs in Python", () => {
  expect(
    pythonProgram("kinesis", "PutRecord", { StreamName: "s", Data: text("hi"), Flag: true }, place),
  ).toBe(
    [
      "import boto3",
      "",
      'client = boto3.client("kinesis", endpoint_url="http://127.0.0.1:4566", region_name="us-east-1")',
      "print(client.put_record(",
      '    StreamName="s",',
      '    Data="hi".encode(),',
      "    Flag=True,",
      "))",
    ].join("\n"),
  );
  expect(pythonProgram("kinesis-analytics-v2", "ListApplications", {}, place)).toContain(
    "client.list_applications()",
  );
});
