import { describe, expect, it } from "vitest";
import { families } from "./oracle-cases.ts";
import { Batch, planOf, randomOf, randomSplits, streamed } from "./stream-oracle.ts";

const seeds = Number(process.env["ORACLE_SEEDS"] ?? "12");
const rowsPerTable = 240;

/** What is streamed out of order, cut into pieces and dealt to subtasks leaves what DuckDB answers over all rows. */
describe.each(Object.keys(families))("%s", (family) => {
  it.each(Array.from({ length: seeds }, (_, index) => index + 1))("with seed %i", async (seed) => {
    const random = randomOf(seed * 7919 + family.length * 104_729 + family.charCodeAt(0));
    const { columns, flink, duck } = families[family]?.(random) ?? { columns: "", flink: "", duck: "" };
    const sources = { a: randomSplits(random, rowsPerTable, 0), b: randomSplits(random, rowsPerTable, 1000) };
    const plan = await planOf(
      `CREATE TABLE sink (${columns}) WITH ('connector' = 'test'); INSERT INTO sink ${flink}`,
    );
    const batch = await Batch.of(sources);
    const expected = await batch.answer(duck);
    batch.close();
    const cut = 1 + Math.floor(random() * 5);
    expect(await streamed(plan, { sources }), flink).toEqual(expected);
    expect(await streamed(plan, { sources, cuts: [cut], mode: "exact" }), flink).toEqual(expected);
    expect(await streamed(plan, { sources, parallelism: 2, cuts: [cut, cut + 1] }), flink).toEqual(expected);
    const wider = { sources, parallelism: 2, parallelismAfterCut: 4, cuts: [cut] };
    expect(await streamed(plan, wider), flink).toEqual(expected);
  });
});
