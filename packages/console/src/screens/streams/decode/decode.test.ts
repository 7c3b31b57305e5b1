import { createHash, randomBytes } from "node:crypto";
import { deflateRawSync, gzipSync, zstdCompressSync } from "node:zlib";
import avsc from "avsc";
import { beforeAll, describe, expect, it } from "vitest";
import { userRecords } from "./aggregated.ts";
import { type Codecs, loadCodecs } from "./codecs.ts";
import { hexText } from "./hex.ts";
import { prettyText, readPayload } from "./payload.ts";

let codecs: Codecs;
beforeAll(async () => {
  codecs = await loadCodecs();
});
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("readPayload", () => {
  it("reads JSON, lines of JSON and text", () => {
    expect(readPayload(bytes(' {"a": 1} '), "auto", codecs)).toMatchObject({
      steps: ["JSON"],
      value: { a: 1 },
    });
    expect(readPayload(bytes('{"a":1}\n{"a":2}\n'), "auto", codecs)).toMatchObject({
      steps: ["JSON lines"],
      value: [{ a: 1 }, { a: 2 }],
    });
    expect(readPayload(bytes("{not json"), "auto", codecs)).toMatchObject({
      steps: ["text"],
      text: "{not json",
    });
    expect(readPayload(bytes('{"a":1}'), "text", codecs)).toMatchObject({
      steps: ["text"],
      value: undefined,
    });
    expect(readPayload(new Uint8Array(), "auto", codecs)).toMatchObject({ steps: ["text"], text: "" });
  });

  it("unpacks gzip and zstd, one within the other", () => {
    const json = bytes(JSON.stringify({ text: "x".repeat(5_000) }));
    const packed = zstdCompressSync(gzipSync(json));
    expect(readPayload(packed, "auto", codecs)).toMatchObject({
      steps: ["zstd", "gzip", "JSON"],
      value: { text: "x".repeat(5_000) },
    });
  });

  it("shows as bytes what it cannot read", () => {
    const damaged = gzipSync(bytes("hello hello hello")).subarray(0, 20);
    expect(readPayload(damaged, "auto", codecs).steps).toEqual(["bytes"]);
    expect(readPayload(Uint8Array.from([0, 1, 255]), "auto", codecs)).toMatchObject({ text: "00 01 ff" });
    expect(prettyText(readPayload(Uint8Array.from([0x41, 255]), "auto", codecs))).toMatch(
      /^00000000 {2}41 ff .*A\.$/,
    );
    expect(readPayload(bytes("Obj\u0001 nothing"), "auto", codecs).steps).toEqual(["bytes"]);
  });

  it("does not unpack what says that it would be huge", () => {
    const packed = gzipSync(bytes("x"));
    packed.writeUInt32LE(0xffff_ffff, packed.length - 4);
    expect(readPayload(packed, "auto", codecs).steps).toEqual(["bytes"]);
  });
});

describe("Avro", () => {
  const schema = {
    type: "record",
    name: "Flight",
    namespace: "air",
    fields: [
      { name: "id", type: "long" },
      { name: "delay", type: ["null", "int"] },
      { name: "tags", type: { type: "map", values: "string" } },
      {
        name: "legs",
        type: {
          type: "array",
          items: { type: "record", name: "Leg", fields: [{ name: "km", type: "double" }] },
        },
      },
      { name: "kind", type: { type: "enum", name: "Kind", symbols: ["CARGO", "PEOPLE"] } },
      { name: "last", type: ["null", "Leg"] },
      { name: "is_late", type: "boolean" },
      { name: "at", type: { type: "long", logicalType: "timestamp-millis" } },
      { name: "price", type: { type: "bytes", logicalType: "decimal", precision: 9, scale: 2 } },
    ],
  } as const;
  const value = {
    id: -7,
    delay: 12,
    tags: { a: "b" },
    legs: [{ km: 1.5 }, { km: -2 }],
    kind: "PEOPLE",
    last: { km: 3 },
    is_late: true,
    at: Date.UTC(2026, 0, 1),
    price: Buffer.from([0xff, 0x38]),
  };
  const shown = {
    ...{
      id: -7,
      delay: 12,
      tags: { a: "b" },
      legs: [{ km: 1.5 }, { km: -2 }],
      kind: "PEOPLE",
      last: { km: 3 },
    },
    ...{ is_late: true, at: "2026-01-01T00:00:00.000Z", price: "-2.00" },
  };

  async function container(codec: string, records: readonly unknown[]): Promise<Uint8Array> {
    // Given a schema and no type, avsc writes the schema with its logical types.
    const encoder = new avsc.streams.BlockEncoder(schema as unknown as avsc.Schema as avsc.Type, {
      codec,
      codecs: {
        null: (data: Buffer, done: (error: null, out: Buffer) => void) => done(null, data),
        deflate: (data: Buffer, done: (error: null, out: Buffer) => void) => done(null, deflateRawSync(data)),
      },
    });
    const parts: Buffer[] = [];
    encoder.on("data", (part: Buffer) => parts.push(part));
    for (const record of records) encoder.write(record);
    encoder.end();
    await new Promise((resolve) => encoder.on("end", resolve));
    return Buffer.concat(parts);
  }

  it("reads containers without making code", async () => {
    const one = await container("null", [value]);
    expect(readPayload(one, "auto", codecs)).toMatchObject({ steps: ["Avro"], value: shown });
    const two = await container("deflate", [value, { ...value, id: 2 ** 40 }]);
    expect(readPayload(two, "auto", codecs)).toMatchObject({
      steps: ["Avro (deflate)"],
      value: [shown, { ...shown, id: 2 ** 40 }],
    });
  });

  it("ends at whatever is damaged", async () => {
    const whole = await container("null", [value, value]);
    for (let length = 0; length < whole.length; length += 3)
      expect(["Avro", "bytes", "text"]).toContain(
        readPayload(whole.subarray(0, length), "auto", codecs).steps[0],
      );
    for (let i = 0; i < 200; i++) {
      const damaged = Uint8Array.from(whole);
      damaged.set(randomBytes(2), 4 + (i % (whole.length - 6)));
      expect(readPayload(damaged, "auto", codecs).steps).toHaveLength(1);
    }
  });
});

describe("userRecords", () => {
  const field = (number: number, data: Uint8Array): Buffer =>
    Buffer.from([number * 8 + 2, data.length, ...data]);
  const user = (key: number, data: string): Buffer =>
    field(3, Buffer.concat([Buffer.from([8, key]), field(3, bytes(data))]));
  function aggregated(message: Buffer): Uint8Array {
    const digest = createHash("md5").update(message).digest();
    return Buffer.concat([Buffer.from([0xf3, 0x89, 0x9a, 0xc2]), message, digest]);
  }
  const message = Buffer.concat([field(1, bytes("a")), field(1, bytes("b")), user(0, "one"), user(1, "two")]);

  it("takes apart what the Kinesis Producer Library has put together", () => {
    expect(userRecords(aggregated(message))).toEqual([
      { partitionKey: "a", explicitHashKey: undefined, data: Buffer.from("one") },
      { partitionKey: "b", explicitHashKey: undefined, data: Buffer.from("two") },
    ]);
  });

  it("leaves all else as it is", () => {
    expect(userRecords(bytes("hello"))).toBeUndefined();
    expect(userRecords(aggregated(Buffer.from("no protobuf")))).toBeUndefined();
    expect(userRecords(aggregated(user(5, "key that is not there")))).toBeUndefined();
    expect(userRecords(aggregated(message.subarray(0, message.length - 2)))).toBeUndefined();
  });
});

it("shows bytes as xxd does", () => {
  expect(hexText(bytes("0123456789abcdefg"))).toBe(
    [
      "00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66   0123456789abcdef",
      `00000010  67${" ".repeat(49)}g`,
    ].join("\n"),
  );
  expect(hexText(new Uint8Array(40), 16)).toContain("24 more bytes");
});
