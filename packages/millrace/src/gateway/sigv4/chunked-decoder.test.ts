import { createHmac, hash } from "node:crypto";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { openPayload } from "./open-payload.ts";
import { testCredential, testRequest } from "./test-request.ts";
import { Verifier } from "./verifier.ts";

const secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const scope = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request";
const chunk = (size: number, signature: string): string =>
  `${size.toString(16)};chunk-signature=${signature}\r\n${"a".repeat(size)}\r\n`;

/** "Transferring payload in multiple chunks" in the S3 API reference: 66,560 times "a". */
const signedExample = {
  headers: {
    host: "s3.amazonaws.com",
    "x-amz-date": "20130524T000000Z",
    "x-amz-storage-class": "REDUCED_REDUNDANCY",
    "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
    "content-encoding": "aws-chunked",
    "x-amz-decoded-content-length": "66560",
    "content-length": "66824",
    authorization:
      `AWS4-HMAC-SHA256 Credential=${scope},SignedHeaders=content-encoding;content-length;host;` +
      "x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class," +
      "Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
  },
  body:
    chunk(65_536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648") +
    chunk(1_024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497") +
    chunk(0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"),
};

/** The same with a trailing CRC32C, from "including trailing headers". */
const trailerExample = {
  headers: {
    host: "s3.amazonaws.com",
    "x-amz-date": "20130524T000000Z",
    "x-amz-storage-class": "REDUCED_REDUNDANCY",
    "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
    "content-encoding": "aws-chunked",
    "x-amz-decoded-content-length": "66560",
    "x-amz-trailer": "x-amz-checksum-crc32c",
    authorization:
      `AWS4-HMAC-SHA256 Credential=${scope},SignedHeaders=content-encoding;host;x-amz-content-sha256;` +
      "x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer," +
      "Signature=106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
  },
  body:
    chunk(65_536, "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2") +
    chunk(1_024, "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7") +
    "0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n" +
    "x-amz-checksum-crc32c:sOO8/Q==\r\n" +
    "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n",
};

interface Upload {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Verifies the head, then reads the body in pieces of `pieceBytes`. */
async function upload(
  { headers, body }: Upload,
  pieceBytes = 10_000,
): Promise<{ text: string; trailers: object }> {
  const verifier = new Verifier((id) => testCredential(id, secretKey));
  const raw = Buffer.from(body, "latin1");
  const pieces = Array.from({ length: Math.ceil(raw.length / pieceBytes) }, (_, i) =>
    raw.subarray(i * pieceBytes, (i + 1) * pieceBytes),
  );
  const stream = Readable.from(pieces);
  const request = {
    ...testRequest({ method: "PUT", path: "/examplebucket/chunkObject.txt", headers }),
    stream,
  };
  const identity = await verifier.verify(request, { s3: true }, Date.UTC(2013, 4, 24));
  const opened = openPayload(stream, headers, identity.payload);
  let text = "";
  for await (const part of opened.body) text += part.toString("latin1");
  return { text, trailers: Object.fromEntries(opened.trailers) };
}

const kindOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "accepted",
    (error) => error.kind ?? error,
  );

describe.each([
  ["signed", signedExample, {}],
  ["signed with trailer", trailerExample, { "x-amz-checksum-crc32c": "sOO8/Q==" }],
])("AWS's example of a body in chunks, %s", (_name, example, trailers) => {
  test.each([1_000_000, 10_000, 7])("is decoded from pieces of %i bytes", async (pieceBytes) => {
    const read = await upload(example, pieceBytes);
    expect(read.text).toBe("a".repeat(66_560));
    expect(read.trailers).toEqual(trailers);
  });

  test("fails when a byte of it, a signature or the end has changed", async () => {
    const { headers, body } = example;
    const change = (from: string, to: string) => kindOf(upload({ headers, body: body.replace(from, to) }));
    expect(await change("\r\naaaa", "\r\naaab")).toBe("chunkMismatch");
    expect(await change("chunk-signature=", "chunk-signature=0")).toBe("chunkMismatch");
    expect(await change(";chunk-signature=", ";other=")).toBe("chunkMismatch");
    expect(await change("10000;", "10001;")).toBe("chunkMismatch");
    expect(await change("10000;", "ffff;")).toBe("chunkMismatch");
    expect(await change("10000;", "zz;")).toBe("malformedChunk");
    expect(await change("10000;", "fffffffffffffff;")).toBe("malformedChunk");
    const lastChunk = body.indexOf("0;chunk-signature=", 66_000);
    for (const length of [0, 50, 30_000, 66_000, lastChunk]) {
      expect(await kindOf(upload({ headers, body: body.slice(0, length) }))).toBe("incompleteBody");
    }
    expect(await kindOf(upload({ headers, body: `${body}more` }))).not.toBe("accepted");
  });
});

test("trailers that were changed, dropped, repeated or added are refused", async () => {
  const { headers, body } = trailerExample;
  const change = (from: RegExp | string, to: string) =>
    kindOf(upload({ headers, body: body.replace(from, to) }));
  expect(await change("sOO8", "sOO9")).toBe("chunkMismatch");
  expect(await change(/x-amz-trailer-signature.*\r\n\r\n/, "")).toBe("chunkMismatch");
  expect(await change("x-amz-checksum-crc32c:", "x-amz-meta-a:")).toBe("malformedChunk");
  expect(await change(/x-amz-checksum.*\r\n/, "")).toBe("chunkMismatch");
  expect(await change("x-amz-checksum", "x-amz-checksum-crc32c:1\r\nx-amz-checksum")).toBe("malformedChunk");
  expect(await change("x-amz-checksum", `${"y".repeat(9_000)}:1\r\nx-amz-checksum`)).toBe("malformedChunk");
});

describe("chunks without signatures", () => {
  const payload = { kind: "chunked", trailer: true } as const;
  const headers = { "x-amz-decoded-content-length": "5", "x-amz-trailer": "x-amz-checksum-crc32" };
  const read = async (body: string, more: Record<string, string> = {}): Promise<string> => {
    let text = "";
    const opened = openPayload(Readable.from([Buffer.from(body)]), { ...headers, ...more }, payload);
    for await (const part of opened.body) text += part.toString();
    return `${text} ${opened.declaredBytes} ${opened.trailers.get("x-amz-checksum-crc32")}`;
  };

  test.each([
    ["2\r\nhe\r\n3\r\nllo\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n"],
    ["5\r\nhello\r\n0\r\nX-Amz-Checksum-Crc32: NhCmhg==\r\n"],
    ["5\nhello\n0\nx-amz-checksum-crc32:NhCmhg==\n\n"],
  ])("%j is read", async (body) => {
    expect(await read(body)).toBe("hello 5 NhCmhg==");
  });

  test.each([
    ["5\r\nhello\r\n0\r\n\r\n", "malformedChunk"],
    ["4\r\nhell\r\n0\r\nx-amz-checksum-crc32:a\r\n\r\n", "incompleteBody"],
    ["6\r\nhello!\r\n0\r\nx-amz-checksum-crc32:a\r\n\r\n", "incompleteBody"],
    ["5\r\nhelloo\r\n", "malformedChunk"],
    ["5\r\nhello\r\n0\r\nno colon\r\n\r\n", "malformedChunk"],
    [`${"5".repeat(10_000)}`, "malformedChunk"],
    ["", "incompleteBody"],
  ])("%j is refused as %s", async (body, kind) => {
    expect(await kindOf(read(body))).toBe(kind);
  });

  test("a declared length that is no number is refused", async () => {
    expect(await kindOf(read("0\r\n\r\n", { "x-amz-decoded-content-length": "5x" }))).toBe("malformedChunk");
  });
});

test("a streamed body with a signed hash fails at its end when it is another one", async () => {
  const read = async (body: string, sha256: string): Promise<void> => {
    const opened = openPayload(Readable.from([Buffer.from(body)]), {}, { kind: "hashed", sha256 });
    for await (const part of opened.body) expect(part.toString()).toBe(body);
  };
  expect(await kindOf(read("hello", hash("sha256", "hello", "hex")))).toBe("accepted");
  expect(await kindOf(read("hello", createHmac("sha256", "k").update("hello").digest("hex")))).toBe(
    "payloadMismatch",
  );
});

test("a failing connection fails the decoded body", async () => {
  const raw = new Readable({ read() {} });
  const opened = openPayload(raw, {}, { kind: "chunked", trailer: false });
  raw.push("5\r\nhel");
  const outcome = kindOf(Readable.from(opened.body).toArray());
  raw.destroy(Object.assign(new Error("reset"), { kind: "connection reset" }));
  expect(await outcome).toBe("connection reset");
});
