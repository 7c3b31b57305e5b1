import { afterAll, beforeAll, expect, it } from "vitest";
import { TestSpectrum } from "../spectrum/test-spectrum.ts";

let spectrum: TestSpectrum;

beforeAll(async () => {
  spectrum = await TestSpectrum.start();
  spectrum.objects.put("lines", "plain/1", "1|anna\n2|bo\n");
  const columns = { columns: "id int, name string", format: "text", serde: { "field.delim": "|" } } as const;
  spectrum.add("plain", { ...columns, location: "s3://lines/plain/" });
});
afterAll(() => spectrum[Symbol.asyncDispose]());

it("an external table is read by S3 steps, whose rows come to the slices", async () => {
  const lines = (
    await spectrum.rows("explain select name, count(*) from lake.plain where id > 1 group by name")
  ).map(([line]) => line?.replace(/ {2}\(cost=.*\)$/, ""));
  expect(lines).toEqual([
    "XN HashAggregate",
    "  ->  XN S3 Query Scan plain",
    '        ->  S3 Seq Scan lake.plain location:"s3://lines/plain/" format:TEXT',
    "              Filter: (id > 1)",
  ]);
});
