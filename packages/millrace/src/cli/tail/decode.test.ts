import { createHash } from "node:crypto";
import { gzipSync, zstdCompressSync } from "node:zlib";
import avro from "avsc";
import { describe, expect, it } from "vitest";
import { decodeRecord } from "./decode.ts";

async function shown(data: Uint8Array): Promise<readonly (readonly [string, string])[]> {
  return (await decodeRecord(data)).map(({ encodings, text }) => [encodings.join(","), text]);
}

async function container(rows: readonly unknown[], schema: avro.Schema): Promise<Buffer> {
  const encoder = new avro.streams.BlockEncoder(schema);
  const chunks: Buffer[] = [];
  encoder.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => encoder.once("end", resolve));
  for (const row of rows) encoder.write(row);
  encoder.end();
  await ended;
  return Buffer.concat(chunks);
}

/** What the Kinesis Producer Library makes of one record a key: AggregatedRecord, with short fields alone. */
function aggregated(keys: readonly string[], data: readonly Uint8Array[]): Buffer {
  const field = (number: number, bytes: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
  const message = Buffer.concat([
    ...keys.map((key) => field(1, Buffer.from(key))),
    ...data.map((bytes, index) => field(3, Buffer.concat([Buffer.from([0x08, index]), field(3, bytes)]))),
  ]);
  const digest = createHash("md5").update(message).digest();
  return Buffer.concat([Buffer.from([0xf3, 0x89, 0x9a, 0xc2]), message, digest]);
}

describe("decodeRecord", () => {
  it("shows JSON as it came, on one line", async () => {
    expect(await shown(Buffer.from('{"id": 12345678901234567890,\n  "a": [1]}\n'))).toEqual([
      ["json", '{"id": 12345678901234567890, "a": [1]}'],
    ]);
    expect(await shown(Buffer.from("-3.0"))).toEqual([["json", "-3.0"]]);
  });

  it("shows text with its control characters escaped", async () => {
    expect(await shown(Buffer.from("Grüße\tan\nalle\n"))).toEqual([["text", "Grüße\\tan\\nalle"]]);
    expect(await shown(Buffer.from("\u001b[31mred"))).toEqual([["text", "\\x1b[31mred"]]);
    expect(await shown(Buffer.from('{"not": json}'))).toEqual([["text", '{"not": json}']]);
    expect(await shown(Buffer.alloc(0))).toEqual([["text", ""]]);
  });

  it("takes compression off, as often as it is there", async () => {
    const json = Buffer.from('{"a":1}');
    expect(await shown(gzipSync(json))).toEqual([["gzip,json", '{"a":1}']]);
    expect(await shown(zstdCompressSync(json))).toEqual([["zstd,json", '{"a":1}']]);
    expect(await shown(gzipSync(zstdCompressSync(json)))).toEqual([["gzip,zstd,json", '{"a":1}']]);
  });

  it("shows what only begins like something in hexadecimal", async () => {
    expect(await shown(Buffer.from("1f8b0800ffff", "hex"))).toEqual([["hex", "0x1f8b0800ffff"]]);
    expect(await shown(gzipSync(Buffer.from("whole")).subarray(0, 15))).toMatchObject([["hex", /^0x1f8b/]]);
    expect(await shown(Buffer.from("Obj\u0001nothing", "latin1"))).toEqual([
      ["hex", "0x4f626a016e6f7468696e67"],
    ]);
    expect(await shown(Buffer.from([0xff, 0xfe, 0]))).toEqual([["hex", "0xfffe00"]]);
  });

  it("shows the beginning of many bytes, and how many there are", async () => {
    const [[encoding, text] = ["", ""]] = await shown(Buffer.alloc(5_000, 0xff));
    expect(encoding).toBe("hex");
    expect(text).toBe(`0x${"ff".repeat(1_024)}... (5000 bytes)`);
  });

  it("does not inflate without end", async () => {
    expect(await shown(gzipSync(Buffer.alloc(65 * 2 ** 20)))).toMatchObject([["hex", /^0x1f8b/]]);
  });

  it("shows each row of an Avro container file", async () => {
    const schema: avro.Schema = {
      type: "record",
      name: "Click",
      fields: [
        { name: "page", type: "string" },
        { name: "ms", type: "long" },
      ],
    };
    const file = await container(
      [
        { page: "home", ms: 3 },
        { page: "cart", ms: 4 },
      ],
      schema,
    );
    expect(await shown(file)).toEqual([
      ["avro", '{"page":"home","ms":3}'],
      ["avro", '{"page":"cart","ms":4}'],
    ]);
  });

  it("shows each record that a producer aggregated, with its own key", async () => {
    const record = aggregated(["a", "b"], [Buffer.from("1"), gzipSync(Buffer.from("x"))]);
    const decoded = await decodeRecord(record);
    expect(
      decoded.map(({ partitionKey, encodings, text }) => [partitionKey, encodings.join(","), text]),
    ).toEqual([
      ["a", "kpl,json", "1"],
      ["b", "kpl,gzip,text", "x"],
    ]);
  });
});
