import avsc from "avsc";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestSpectrum } from "./test-spectrum.ts";

let spectrum: TestSpectrum;

beforeAll(async () => {
  spectrum = await TestSpectrum.start();
});

afterAll(() => spectrum[Symbol.asyncDispose]());

const schema = {
  type: "record",
  name: "Event",
  fields: [
    { name: "Id", type: "long" },
    { name: "name", type: ["null", "string"] },
    { name: "price", type: { type: "bytes", logicalType: "decimal", precision: 8, scale: 2 } },
    { name: "day", type: { type: "int", logicalType: "date" } },
    { name: "at", type: { type: "long", logicalType: "timestamp-micros" } },
    { name: "ms", type: { type: "long", logicalType: "timestamp-millis" } },
    { name: "tags", type: { type: "array", items: "string" } },
  ],
} as const;

function container(records: readonly object[], codec: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const encoder = new avsc.streams.BlockEncoder(schema as never, { codec });
    const pieces: Buffer[] = [];
    encoder.on("data", (piece: Buffer) => pieces.push(piece));
    encoder.on("end", () => resolve(Buffer.concat(pieces)));
    encoder.on("error", reject);
    for (const record of records) encoder.write(record);
    encoder.end();
  });
}

const record = {
  Id: 7,
  name: "anna",
  price: Buffer.from([0xff, 0x85]),
  day: 19_782,
  at: 1_709_208_000_000_001,
  ms: 1_709_208_000_123,
  tags: ["a", "b"],
};

describe("Avro", () => {
  const columns =
    "id bigint, name string, price decimal(8,2), day date, at timestamp, ms timestamp, tags array<string>, more int";

  it.each(["null", "deflate"])("is read by names, with the codec %s", async (codec) => {
    const bytes = await container(
      [record, { ...record, Id: 8, name: null, price: Buffer.from([1, 0]) }],
      codec,
    );
    spectrum.objects.put("b", `${codec}/1`, bytes);
    spectrum.add(`avro_${codec}`, { columns, format: "avro", location: `s3://b/${codec}/` });
    const rest = ["2024-02-29", "2024-02-29 12:00:00.000001", "2024-02-29 12:00:00.123", '["a","b"]', null];
    expect(await spectrum.rows(`select * from lake.avro_${codec} order by id`)).toEqual([
      ["7", "anna", "-1.23", ...rest],
      ["8", null, "2.56", ...rest],
    ]);
  });

  it("is an error where it is damaged", async () => {
    const bytes = await container([record], "null");
    spectrum.add("damaged", { columns, format: "avro", location: "s3://b/damaged/" });
    for (const length of [3, 100, bytes.length - 1]) {
      spectrum.objects.put("b", "damaged/1", bytes.subarray(0, length));
      expect(await spectrum.error("select * from lake.damaged")).toBe("XX000 Spectrum Scan Error");
    }
    expect(await spectrum.rows("select 1")).toEqual([["1"]]);
  });
});
