import { describe, expect, it } from "vitest";
import { ServiceError } from "../../core/errors.ts";
import type { HttpRequest } from "../http.ts";
import { ModelLibrary } from "../model/model-library.ts";
import type { ProtocolName } from "../service.ts";
import { CborWriters } from "../shape/cbor-writer.ts";
import { JsonWriters } from "../shape/json-writer.ts";
import { createProtocols } from "./protocols.ts";

const library = new ModelLibrary();
const protocols = createProtocols();

interface Case {
  readonly protocol: ProtocolName;
  readonly service: string;
  readonly operation: string;
  readonly target?: string;
  readonly headers?: Record<string, string>;
  readonly body: Buffer;
}

const records = {
  StreamName: "stream",
  Records: [
    { Data: Buffer.from("some data \0\xff"), PartitionKey: "ü\n" },
    { Data: Buffer.alloc(300, 7), PartitionKey: "k" },
  ],
};
const putRecords = library.model("kinesis").operation("PutRecords")?.input;
const putItem = library.model("dynamodb").operation("PutItem")?.input;
if (putRecords === undefined || putItem === undefined) throw new Error("the models lack their operations");
const item = {
  TableName: "t",
  Item: { a: { M: { b: { L: [{ N: "1" }, { BOOL: true }, { B: Buffer.from("x") }, { SS: ["y"] }] } } } },
};

const cases: readonly Case[] = [
  {
    protocol: "awsJson1_1",
    service: "kinesis",
    operation: "PutRecords",
    body: new JsonWriters({ jsonNames: false }).encode(putRecords, records),
  },
  {
    protocol: "awsJson1_0",
    service: "dynamodb",
    operation: "PutItem",
    body: new JsonWriters({ jsonNames: false }).encode(putItem, item),
  },
  {
    protocol: "awsCbor1_1",
    service: "kinesis",
    operation: "PutRecords",
    body: new CborWriters({ timestamps: "milliseconds" }).encode(putRecords, records),
  },
  {
    protocol: "rpcv2Cbor",
    service: "dynamodb",
    operation: "PutItem",
    body: new CborWriters({ timestamps: "seconds" }).encode(putItem, item),
  },
  {
    protocol: "awsQuery",
    service: "redshift",
    operation: "CreateCluster",
    body: Buffer.from(
      "Action=CreateCluster&NodeType=ra3.large&MasterUsername=m&ClusterIdentifier=a%20b&NumberOfNodes=2&Encrypted=true&Tags.Tag.1.Key=k&Tags.Tag.1.Value=%C3%BC&VpcSecurityGroupIds.member.2=x",
    ),
  },
  {
    protocol: "restJson1",
    service: "batch",
    operation: "SubmitJob",
    target: "/v1/submitjob",
    body: Buffer.from(
      '{"jobName":"n","jobQueue":"q","jobDefinition":"d","parameters":{"a":"b"},"arrayProperties":{"size":2},"dependsOn":[{"jobId":"1"}]}',
    ),
  },
  {
    protocol: "restXml",
    service: "s3",
    operation: "DeleteObjects",
    target: "/bucket?delete",
    body: Buffer.from(
      '<?xml version="1.0"?><Delete xmlns="u"><Quiet>true</Quiet><Object><Key>a&amp;b</Key><LastModifiedTime>Tue, 14 Nov 2023 22:13:20 GMT</LastModifiedTime></Object></Delete>',
    ),
  },
];

function read(test: Case, body: Buffer, target = test.target ?? "/"): unknown {
  const model = library.model(test.service);
  const operation = model.operation(test.operation);
  if (operation === undefined) throw new Error(`no operation ${test.operation}`);
  const [path = "/", query = ""] = target.split("?");
  const headers = { host: "127.0.0.1", ...test.headers };
  const request: HttpRequest = {
    method: "POST",
    target,
    path,
    query,
    headers,
    body,
    httpVersion: "1.1",
    secure: false,
  };
  return protocols[test.protocol].readInput(model, operation, request);
}

/** True when the input was read, false when it was refused; anything else that is thrown fails the test. */
function isRead(test: Case, body: Buffer, target?: string): boolean {
  try {
    read(test, body, target);
    return true;
  } catch (thrown) {
    if (thrown instanceof ServiceError && thrown.status < 500) return false;
    throw new Error(`${test.protocol} threw ${String(thrown)} for ${body.toString("hex")}`, {
      cause: thrown,
    });
  }
}

/** Deterministic noise (xorshift). */
function noise(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

describe.each(cases)("hostile input in $protocol", (test) => {
  it("reads the sample", () => {
    expect(isRead(test, test.body)).toBe(true);
  });

  it("refuses a body that ends too early, wherever it ends", () => {
    // A form is still a form when it is cut, and no body at all means no members.
    const readable = test.body.map((_, length) => (isRead(test, test.body.subarray(0, length)) ? 1 : 0));
    if (test.protocol !== "awsQuery") expect([...readable].some((one) => one === 1)).toBe(false);
  });

  it("survives every byte being another", () => {
    const random = noise(7);
    for (let index = 0; index < test.body.length; index++) {
      for (const change of [0xff, 0x80, 0x20, random() & 0xff]) {
        const body = Buffer.from(test.body);
        body[index] = (body[index] ?? 0) ^ change;
        isRead(test, body);
      }
    }
  });

  it("survives noise", () => {
    const random = noise(11);
    for (let round = 0; round < 500; round++) {
      const body = Buffer.from(Array.from({ length: random() % 64 }, () => random() & 0xff));
      expect(isRead(test, body)).toBe(false);
    }
  });

  it("survives parts repeated, moved and dropped", () => {
    const random = noise(13);
    for (let round = 0; round < 500; round++) {
      const from = random() % test.body.length;
      const to = from + (random() % (test.body.length - from));
      const at = random() % test.body.length;
      const part = test.body.subarray(from, to);
      isRead(test, Buffer.concat([test.body.subarray(0, at), part, test.body.subarray(at)]));
      isRead(test, Buffer.concat([test.body.subarray(0, from), test.body.subarray(to)]));
    }
  });

  it("survives strange targets", () => {
    for (const target of ["/%zz/%", "/?%zz", "/bucket/%ff?a=%ff&&==", "//", "/?__proto__=1&constructor=2"]) {
      isRead(test, test.body, target);
    }
  });
});
