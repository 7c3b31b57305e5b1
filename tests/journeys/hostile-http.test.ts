import { connect, type Socket } from "node:net";
import { CreateStreamCommand, type KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SeededRandom } from "../conformance/sample/random.ts";
import { createStream, kinesisClient, recordsOf } from "../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { type RawAnswer, send, sendBytes } from "../fixtures/raw-http.ts";

const putRecord = "Kinesis_20131202.PutRecord";
const mib = 1024 * 1024;
/** What an answer must never have: a line of a stack trace, or a path of the program. */
const insides = /\n\s+at |node:internal|\.[cm]?[jt]s:\d+|TypeError|RangeError/;
const seed = Number(process.env["MILLRACE_SEED"] ?? Date.now() % 2 ** 32);
let millrace: MillraceProcess;
let client: KinesisClient;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  client = kinesisClient(millrace.url, { maxAttempts: 1 });
  await createStream(client, "calm");
});
afterEach(async () => {
  expect(millrace.isRunning).toBe(true);
  expect(await millrace.health()).toMatchObject({ status: "ok" });
  expect(millrace.stderr).toBe("");
});
afterAll(async () => {
  client.destroy();
  await millrace.dispose();
});

describe("bodies that are no request", () => {
  it.each([
    ["{", "SerializationException"],
    ["null", "SerializationException"],
    ["[]", "SerializationException"],
    ['{"StreamName":', "SerializationException"],
    ['{"StreamName":5}', "SerializationException"],
    ['{"StreamName":"calm"}{}', "SerializationException"],
    ['{"StreamName":"calm","PartitionKey":"k","Data":"%%%"}', "SerializationException"],
    ["[".repeat(500_000), "SerializationException"],
    ['{"a":'.repeat(500_000), "SerializationException"],
    ["\u00ff\u00fe", "SerializationException"],
    ["", "ValidationException"],
    ["{}", "ValidationException"],
  ])("JSON %.40j is refused with %s", async (body, code) => {
    const answer = await send(millrace.port, { headers: json(putRecord), body: Buffer.from(body, "latin1") });
    expect(answer.status).toBe(400);
    expect(answer.headers["content-type"]).toBe("application/x-amz-json-1.1");
    expect(JSON.parse(answer.body.toString())).toMatchObject({ __type: code, message: expect.any(String) });
    expect(answer.body.toString()).not.toMatch(insides);
  });

  it.each([
    ["ff", "SerializationException"],
    ["a1", "SerializationException"],
    ["bf", "SerializationException"],
    ["9f9f9f9f9f", "SerializationException"],
    ["5b7fffffffffffffff", "SerializationException"],
    ["bb7fffffffffffffff", "SerializationException"],
    ["a16a53747265616d4e616d6505", "SerializationException"],
    ["a1616181".padEnd(400_000, "81"), "SerializationException"],
    ["a0", "ValidationException"],
    ["", "ValidationException"],
  ])("CBOR %.40s is refused with %s", async (hex, code) => {
    const answer = await send(millrace.port, { headers: cbor(putRecord), body: Buffer.from(hex, "hex") });
    expect(answer.status).toBe(400);
    expect(answer.headers["content-type"]).toBe("application/x-amz-cbor-1.1");
    expect(answer.headers["x-amzn-errortype"]).toBe(code);
    expect(answer.body.toString("latin1")).toContain(code);
    expect(answer.body.toString("latin1")).not.toMatch(insides);
  });

  it(`random bytes are refused in every protocol (MILLRACE_SEED=${seed})`, async () => {
    const random = new SeededRandom(seed);
    const kinds = [json(putRecord), cbor(putRecord), form, s3] as const;
    for (let i = 0; i < 200; i++) {
      const body = random.bytes(random.integer(1, 300));
      const answer = await send(millrace.port, { headers: random.pick(kinds), body });
      expect([400, 404, 405, 501]).toContain(answer.status);
      expect(answer.body.toString("latin1")).not.toMatch(insides);
    }
  });
});

describe("requests that nobody can serve", () => {
  it.each([
    "Kinesis_20131202.Teleport",
    "Nowhere_1.PutRecord",
    "",
    "Kinesis_20131202.__proto__",
    "x".repeat(9_000),
  ])("target %.40s is unknown", async (target) => {
    const answer = await send(millrace.port, { headers: json(target), body: "{}" });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body.toString())).toMatchObject({ __type: "UnknownOperationException" });
  });

  it("an operation that is not there is named, in each protocol", async () => {
    const asJson = await send(millrace.port, { headers: json("Logs_20140328.DescribeQueries"), body: "{}" });
    expect(asJson.status).toBe(501);
    const message = "logs:DescribeQueries is not implemented by Millrace.";
    expect(JSON.parse(asJson.body.toString())).toEqual({ __type: "NotImplemented", message });
    const asCbor = await send(millrace.port, {
      path: "/service/GraniteServiceVersion20100801/operation/ListDashboards",
      headers: { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" },
      body: Buffer.from("a0", "hex"),
    });
    expect(asCbor.status).toBe(501);
    const text = "cloudwatch:ListDashboards is not implemented by Millrace.";
    expect(asCbor.body.toString("latin1")).toContain(text);
  });

  it("a query action or an S3 call is answered in XML", async () => {
    const unknown = await send(millrace.port, { headers: form, body: "Action=Teleport&Version=2011-06-15" });
    expect(unknown.status).toBe(400);
    expect(textOf(unknown)).toMatch(/^<ErrorResponse .*<Code>InvalidAction<\/Code>/);
    const broken = await send(millrace.port, { headers: form, body: "%%%=&&&" });
    expect(broken.status).toBe(404);
    expect(textOf(broken)).toContain("<Code>MalformedQueryString</Code>");
    const bucket = await send(millrace.port, { method: "PUT", path: "/bucket", headers: s3, body: "<a><b>" });
    expect(bucket.headers["content-type"]).toBe("application/xml");
    expect(textOf(bucket)).toMatch(/^<\?xml .*\n<Error><Code>\w+<\/Code>/);
  });

  it.each([
    ["bytes of no protocol", "\u0000\u0001\u0002garbage\r\n\r\n"],
    ["half a request line", "GET\r\n\r\n"],
    ["a header without a colon", "POST / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n"],
    ["two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde"],
    [
      "a length and chunks",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ["a wrong chunk size", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"],
    ["no host", "POST / HTTP/1.1\r\n\r\n"],
  ])("%s get 400", async (_, bytes) => {
    expect(await sendBytes(millrace.port, Buffer.from(bytes, "latin1"))).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("broken HTTP/2 and TLS end their connection alone", async () => {
    const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    const answers = [
      await sendBytes(millrace.port, Buffer.concat([preface, Buffer.alloc(200, 0xff)])),
      await sendBytes(millrace.port, Buffer.from([22, 3, 1, 255, 255, 1, 2, 3, 4, 5, 6])),
      await sendBytes(millrace.port, preface, { closeAfterWrite: true }),
    ];
    for (const answer of answers) expect(answer).not.toMatch(insides);
  });

  it("a body that breaks off is no record", async () => {
    const body = JSON.stringify({ StreamName: "calm", PartitionKey: "key", Data: "aGVsbG8=" });
    const head = Object.entries({ host: "x", ...json(putRecord), "content-length": `${body.length + 10}` });
    const bytes = `POST / HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
    await sendBytes(millrace.port, bytes, { closeAfterWrite: true });
    expect(await recordsOf(client, "calm", "shardId-000000000000")).toEqual([]);
  });
});

describe("requests that are too much", () => {
  it("get 413 for a body over the limit, announced or not", async () => {
    const announced = await send(millrace.port, {
      headers: { ...json(putRecord), "content-length": "99999999999" },
    });
    expectTooLarge(announced);
    const body = Buffer.alloc(40 * mib, " ");
    for (let i = 0; i < 5; i++) {
      expectTooLarge(await send(millrace.port, { headers: json(putRecord), body }));
      const chunked = { ...json(putRecord), "transfer-encoding": "chunked" };
      expectTooLarge(await send(millrace.port, { headers: chunked, body }));
    }
  });

  it("get 413 over HTTP/2, as the SDK sends it", async () => {
    const big = new PutRecordCommand({
      StreamName: "calm",
      PartitionKey: "key",
      Data: Buffer.alloc(30 * mib),
    });
    await expect(client.send(big)).rejects.toMatchObject({
      name: "RequestEntityTooLargeException",
      $metadata: { httpStatusCode: 413 },
    });
  });

  it("get 431 for headers over the limit", async () => {
    const headers = { ...json(putRecord), "x-big": "x".repeat(100_000) };
    expect(await send(millrace.port, { headers, body: "{}" })).toMatchObject({ status: 431 });
  });

  it("do not keep others waiting: slow bodies, silent connections and thousands of them", async () => {
    const sockets = await openSockets(millrace.port, 3_000);
    const head =
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: 1000\r\n\r\n";
    for (const [i, socket] of sockets.entries())
      if (i % 3 > 0) socket.write(i % 3 === 1 ? "POST / HT" : `${head}{`);
    const names = Array.from({ length: 20 }, (_, i) => `beside-${i}`);
    await Promise.all(
      names.map((name) => client.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }))),
    );
    for (const socket of sockets) socket.destroy();
  });

  it("are all answered when two thousand come at once", async () => {
    const body = JSON.stringify({ StreamName: "nowhere" });
    const headers = json("Kinesis_20131202.DescribeStreamSummary");
    const answers = await Promise.all(
      Array.from({ length: 2_000 }, () => send(millrace.port, { headers, body })),
    );
    for (const { status, body: text } of answers) {
      expect(status).toBe(400);
      expect(JSON.parse(text.toString())).toMatchObject({ __type: "ResourceNotFoundException" });
    }
  });
});

const form = { "content-type": "application/x-www-form-urlencoded" };
const s3 = {
  authorization:
    "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00",
};

function json(target: string): Record<string, string> {
  return { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
}

function cbor(target: string): Record<string, string> {
  return { "content-type": "application/x-amz-cbor-1.1", "x-amz-target": target };
}

function textOf(answer: RawAnswer): string {
  return answer.body.toString();
}

function expectTooLarge(answer: RawAnswer): void {
  expect(answer.status).toBe(413);
  expect(JSON.parse(textOf(answer))).toMatchObject({ __type: "RequestEntityTooLargeException" });
}

/** That many connections, each open. */
async function openSockets(port: number, count: number): Promise<readonly Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const opening = Array.from({ length: Math.min(100, count - sockets.length) }, () => {
      const socket = connect(port, "127.0.0.1");
      return new Promise<Socket>((resolve, reject) => {
        socket.once("connect", () => resolve(socket)).once("error", reject);
      });
    });
    for (const socket of await Promise.all(opening)) sockets.push(socket.on("error", () => undefined));
  }
  return sockets;
}
