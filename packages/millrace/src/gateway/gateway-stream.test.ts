import { createHash, randomBytes } from "node:crypto";
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ServiceError } from "../core/errors.ts";
import type { Call } from "./call.ts";
import { startGateway } from "./test-gateway.ts";

interface Received {
  readonly bytes: Buffer;
  readonly call: Call;
}
interface PutInput {
  readonly Bucket: string;
  readonly Key: string;
  readonly Body: AsyncIterable<Uint8Array>;
}
let received: Received[] = [];
let failures: unknown[] = [];
let gateway: Awaited<ReturnType<typeof startGateway>>;

beforeAll(async () => {
  gateway = await startGateway(
    {
      PutObject: {
        resources: () => ["*"],
        async run(_state, { Key, Body }: PutInput, call) {
          if (Key === "refused") throw new ServiceError("NoSuchBucket", "There is none.", { status: 404 });
          const chunks: Uint8Array[] = [];
          try {
            for await (const chunk of Body) {
              chunks.push(chunk);
              if (Key === "half-read") throw new ServiceError("EntityTooLarge", "It is too large.");
            }
          } catch (error) {
            failures.push(error);
            throw error;
          }
          received.push({ bytes: Buffer.concat(chunks), call });
          return { ETag: '"etag"' };
        },
      },
    },
    "s3",
  );
});
afterAll(() => gateway.close());
beforeEach(() => {
  received = [];
  failures = [];
});

const scope = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request";
const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;

function put(key: string, headers: Record<string, string | number>): ClientRequest {
  const path = `/bucket/${key}?x-id=PutObject`;
  return httpRequest(`${gateway.url}${path}`, { method: "PUT", headers: { authorization, ...headers } });
}

function answerOf(request: ClientRequest): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    request.on("error", reject).on("response", (response: IncomingMessage) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }),
      );
    });
  });
}

function send(
  key: string,
  body: Buffer,
  headers: Record<string, string | number> = {},
): Promise<{ status: number; body: string }> {
  const request = put(key, { "content-length": body.length, ...headers });
  const answer = answerOf(request);
  request.end(body);
  return answer;
}

describe("a streamed body", () => {
  it("arrives as it was sent, with its length", async () => {
    const body = randomBytes(3_000_000);
    expect((await send("plain", body)).status).toBe(200);
    expect(received[0]?.bytes.equals(body)).toBe(true);
    expect(received[0]?.call.payload?.declaredBytes).toBe(body.length);
  });

  it("is decoded from aws-chunked, its trailers known at the end", async () => {
    const trailer = "5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n";
    const headers = {
      "content-encoding": "aws-chunked",
      "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
      "x-amz-decoded-content-length": 11,
      "x-amz-trailer": "x-amz-checksum-crc32",
    };
    expect((await send("chunked", Buffer.from(trailer), headers)).status).toBe(200);
    expect(received[0]?.bytes.toString()).toBe("hello world");
    expect(received[0]?.call.payload?.declaredBytes).toBe(11);
    expect(received[0]?.call.payload?.trailers.get("x-amz-checksum-crc32")).toBe("DUoRhQ==");
  });

  it("is refused when it is not the one whose hash was declared", async () => {
    const body = randomBytes(200_000);
    const sha256 = createHash("sha256").update(body).digest("hex");
    expect((await send("hashed", body, { "x-amz-content-sha256": sha256 })).status).toBe(200);
    body[0] = (body[0] ?? 0) ^ 1;
    const answer = await send("hashed", body, { "x-amz-content-sha256": sha256 });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("<Code>XAmzContentSHA256Mismatch</Code>");
    expect(received).toHaveLength(1);
  });

  it.each(["not a chunk\r\n", "5\r\nhello\r\n", "5\r\nhello!\r\n0\r\n\r\n", "ffffffffffff\r\n"])(
    "in broken chunks (%j) is refused, and the answer is seen",
    async (text) => {
      const headers = {
        "content-encoding": "aws-chunked",
        "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "x-amz-decoded-content-length": 5,
      };
      const answer = await send("chunked", Buffer.from(text), headers);
      expect(answer.status).toBe(400);
      expect(answer.body).toMatch(/<Code>(InvalidRequest|IncompleteBody)<\/Code>/);
      expect(received).toHaveLength(0);
    },
  );

  it.each([
    ["refused", 404],
    ["half-read", 400],
  ])("that is not read to its end (%s) does not hide the answer", async (key, status) => {
    const chunked = Buffer.from(`800000\r\n${"x".repeat(0x800000)}\r\n0\r\n\r\n`);
    const unsigned = { "content-encoding": "aws-chunked", "x-amz-decoded-content-length": 0x800000 };
    expect((await send(key, randomBytes(8_000_000))).status).toBe(status);
    expect((await send(key, chunked, unsigned)).status).toBe(status);
  });

  it.each([{}, { "content-encoding": "aws-chunked", "x-amz-decoded-content-length": 1_000_000 }])(
    "that breaks off fails where it is read, and nobody is answered",
    async (headers) => {
      const lines = gateway.lines.filter((line) => "code" in line.fields).length;
      const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1");
      const head = Object.entries({
        host: "localhost",
        authorization,
        "content-length": 1_000_010,
        ...headers,
      });
      socket.write(
        `PUT /bucket/broken HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}`).join("\r\n")}\r\n\r\n`,
      );
      socket.write("f4240\r\n0123456789");
      await new Promise((resolve) => socket.write("more", resolve));
      socket.destroy();
      await expect.poll(() => failures.length).toBe(1);
      await expect.poll(() => gateway.lines.filter((line) => "code" in line.fields).length).toBe(lines + 1);
      expect(gateway.lines.at(-1)?.fields).toMatchObject({ code: "ClientGone" });
      expect(received).toHaveLength(0);
    },
  );
});
