import { expect, it } from "vitest";
import { flinkName, streamTable } from "./stream-table.ts";

it("a table over records of JSON, with their event time", () => {
  const table = streamTable("flights", "us-east-1", {
    format: "JSON",
    columns: [
      { name: "id", sqlType: "INTEGER" },
      { name: "origin", sqlType: "VARCHAR(4)" },
      { name: "price", sqlType: "DECIMAL(8,2)" },
      { name: "ts", sqlType: "VARCHAR(32)" },
    ],
    samples: ['{"id":1,"origin":"ZRH","price":2.5,"ts":"2024-01-31T12:00:00.000Z"}', "broken"],
  });
  expect(table.timeColumn).toBe("ts");
  expect(table.statement).toBe(`CREATE TABLE flights (
  id INT,
  origin STRING,
  price DECIMAL(8,2),
  ts TIMESTAMP_LTZ(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'kinesis', 'stream' = 'flights', 'aws.region' = 'us-east-1',
  'scan.stream.initpos' = 'TRIM_HORIZON', 'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);
`);
});

it("texts that are not all times stay texts", () => {
  const table = streamTable("a-b", "eu-west-1", {
    format: "JSON",
    columns: [{ name: "when", sqlType: "VARCHAR(32)" }],
    samples: ['{"when":"2024-01-31T12:00:00"}', '{"when":"soon"}'],
  });
  expect(table).toMatchObject({ timeColumn: undefined, columns: [{ name: "when", type: "STRING" }] });
  expect(table.statement).toContain("CREATE TABLE `a-b` (\n  `when` STRING\n)");
});

it("names are quoted where they have to be", () => {
  expect(["id", "1a", "order", "a`b"].map(flinkName)).toEqual(["id", "`1a`", "`order`", "`a``b`"]);
});
