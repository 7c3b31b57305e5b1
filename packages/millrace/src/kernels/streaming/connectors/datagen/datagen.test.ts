import { describe, expect, it } from "vitest";
import { ManualClock } from "../../../../core/clock.ts";
import type { Value } from "../../../../sql/flink/bound-expression.ts";
import type { IntegerMode } from "../../../../sql/flink/functions/scalar-function.ts";
import type { TableDefinition } from "../../../../sql/flink/relation.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import { bigint, int, row, string, tableOf } from "../../codecs/test-codec.ts";
import { readRow } from "../../columns/index.ts";
import type { Source } from "../../connector-port.ts";
import type { SourceColumn } from "../../plan/physical-plan.ts";
import { datagenConnector } from "./datagen.ts";
import { positionText } from "./datagen-options.ts";
import { datagenRows } from "./datagen-rows.ts";

const nowMs = Date.UTC(2026, 5, 1, 12);

function table(
  fields: Readonly<Record<string, FlinkType>>,
  options: Readonly<Record<string, string>> = {},
): TableDefinition {
  return tableOf(fields, { connector: "datagen", ...options });
}

/** Paths like `r.inner.y`. */
function sourceColumn({ columns }: TableDefinition, text: string): SourceColumn {
  const [first, ...rest] = text.split(".");
  const column = columns.findIndex(({ field }) => field.name === first);
  let type = columns[column]?.field.type;
  const path = rest.map((name) => {
    const fields = type?.kind === "row" ? type.fields : [];
    const index = fields.findIndex((field) => field.name === name);
    type = fields[index]?.type;
    return index;
  });
  if (type === undefined) throw new TypeError(text);
  return { field: { name: text, type }, column, path };
}

function rowsOf(
  definition: TableDefinition,
  count: number,
  {
    from = 0,
    paths,
    mode = "double",
    split = "datagen-0",
  }: {
    from?: number;
    paths?: readonly string[];
    mode?: IntegerMode;
    split?: string;
  } = {},
): readonly (readonly Value[])[] {
  const names = paths ?? definition.columns.map(({ field }) => field.name);
  const columns = names.map((name) => sourceColumn(definition, name));
  const maker = datagenRows.openRows(definition, columns, mode);
  const [begin, end] = [positionText({ rows: from, nowMs }), positionText({ rows: from + count, nowMs })];
  return [...maker.rows(split, begin, end)].flatMap((batch) =>
    Array.from({ length: batch.rowCount }, (_, at) => readRow(batch, at)),
  );
}

async function openSource(definition: TableDefinition, clock: ManualClock): Promise<Source> {
  const context = { account: "0", region: "r", roleArn: undefined, sourceArn: "", startedMs: 0 };
  const signal = new AbortController().signal;
  const source = await datagenConnector(clock).openSource?.(definition, { ...context, signal, log() {} });
  if (source === undefined) throw new TypeError("no source");
  return source;
}

describe("rows of datagen", () => {
  it("are the same for the same positions, however they are cut", () => {
    const definition = table({ a: int, b: string, c: bigint }, { "fields.c.max": "5", "fields.c.min": "-5" });
    const all = rowsOf(definition, 5_000);
    expect(rowsOf(definition, 100, { from: 3_000 })).toEqual(all.slice(3_000, 3_100));
    expect(new Set(all.map(([a]) => a)).size).toBeGreaterThan(4_990);
    expect(new Set(all.map(([, , c]) => c))).toEqual(new Set([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5]));
    expect(all.every(([, b]) => /^[0-9a-f]{100}$/.test(`${b}`))).toBe(true);
  });

  it("are those of sequences, dealt to the splits", () => {
    const sequence = { "fields.a.kind": "sequence", "fields.a.start": "5", "fields.a.end": "10" };
    expect(rowsOf(table({ a: int }, sequence), 6)).toEqual([[5], [6], [7], [8], [9], [10]]);
    const two = table({ a: string }, { ...sequence, "scan.parallelism": "2" });
    expect(rowsOf(two, 3, { split: "datagen-1" })).toEqual([["6"], ["8"], ["10"]]);
  });

  it("have values within their bounds", () => {
    const decimal: FlinkType = { kind: "decimal", precision: 6, scale: 2, nullable: true };
    const definition = table(
      {
        d: decimal,
        f: { kind: "double", nullable: true },
        t: { kind: "timestamp", precision: 3, nullable: true },
      },
      {
        "fields.d.min": "-1.5",
        "fields.d.max": "2.25",
        "fields.f.min": "1",
        "fields.f.max": "2",
        "fields.t.max-past": "1 h",
      },
    );
    for (const [d, f, t] of rowsOf(definition, 2_000)) {
      expect(Number(d)).toBeGreaterThanOrEqual(-150);
      expect(Number(d)).toBeLessThanOrEqual(225);
      expect(Number(f)).toBeGreaterThanOrEqual(1);
      expect(Number(f)).toBeLessThanOrEqual(2);
      expect(Number(t)).toBeGreaterThanOrEqual(nowMs - 3_600_000);
      expect(Number(t)).toBeLessThanOrEqual(nowMs);
    }
  });

  it("are NULL as often as asked", () => {
    const definition = table(
      { a: int, r: row({ x: int }) },
      { "fields.a.null-rate": "0.3", "fields.r.null-rate": "1" },
    );
    const rows = rowsOf(definition, 10_000);
    const nulls = rows.filter(([a]) => a === null).length;
    expect(nulls).toBeGreaterThan(2_700);
    expect(nulls).toBeLessThan(3_300);
    expect(rows.every(([, r]) => r === null)).toBe(true);
    expect(rowsOf(definition, 10, { paths: ["r.x"] }).every(([x]) => x === null)).toBe(true);
  });

  it("have texts of the length asked for", () => {
    const char: FlinkType = { kind: "char", length: 5, nullable: true };
    const varchar: FlinkType = { kind: "varchar", length: 20, nullable: true };
    const definition = table(
      { c: char, v: varchar, w: string, b: { kind: "varbinary", length: 3, nullable: true } },
      { "fields.w.length": "7", "fields.w.var-len": "true" },
    );
    const rows = rowsOf(definition, 300);
    expect(new Set(rows.map(([c]) => `${c}`.length))).toEqual(new Set([5]));
    expect(new Set(rows.map(([, v]) => `${v}`.length))).toEqual(new Set([20]));
    expect(new Set(rows.map(([, , w]) => `${w}`.length))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7]));
    expect(rows[0]?.[3]).toHaveLength(3);
  });

  it("are nested, and a field alone is what it is in its row", () => {
    const definition = table(
      {
        r: row({ x: int, inner: row({ y: int }) }),
        a: { kind: "array", element: int, nullable: true },
        m: { kind: "map", key: string, value: int, nullable: true },
        s: { kind: "multiset", element: int, nullable: true },
      },
      {
        "fields.r.x.max": "3",
        "fields.r.x.min": "1",
        "fields.a.length": "4",
        "fields.a.element.min": "0",
        "fields.a.element.max": "1",
        "fields.m.key.length": "2",
        "fields.s.element.min": "9",
        "fields.s.element.max": "9",
      },
    );
    const rows = rowsOf(definition, 50);
    const alone = rowsOf(definition, 50, { paths: ["r.x", "r.inner.y"] });
    expect(rows.map(([r]) => r)).toEqual(alone.map(([x, y]) => [x, [y]]));
    for (const [, a, m, s] of rows) {
      expect(a).toHaveLength(4);
      expect([...(m as ReadonlyMap<Value, Value>).keys()].every((key) => `${key}`.length === 2)).toBe(true);
      expect(s).toEqual(new Map([[9, 3]]));
    }
    expect(new Set(rows.flatMap(([, a]) => a as readonly Value[]))).toEqual(new Set([0, 1]));
  });

  it("want exact integers where they are larger than numbers are, and stay the same in both modes", () => {
    const definition = table({ a: bigint });
    expect(() => rowsOf(definition, 10)).toThrow(expect.objectContaining({ name: "NeedsExactIntegers" }));
    expect(rowsOf(definition, 10, { mode: "exact" }).every(([a]) => typeof a === "bigint")).toBe(true);
    const small = table({ a: bigint }, { "fields.a.min": "-1000000", "fields.a.max": "9000000000" });
    const exact = rowsOf(small, 100, { mode: "exact" }).map(([a]) => Number(a));
    expect(rowsOf(small, 100).map(([a]) => a)).toEqual(exact);
  });
});

describe("the pace of datagen", () => {
  const limits = { maxBytes: 1e6, maxRecords: 1_000 };

  it("is that of its rate, and times are those of the reading", async () => {
    const clock = new ManualClock(nowMs);
    const source = await openSource(table({ a: int }, { "rows-per-second": "100" }), clock);
    let woken = 0;
    source.onChange(() => {
      woken += 1;
    });
    const [split] = await source.splits();
    const start = split?.start ?? "";
    expect(await source.read("datagen-0", start, limits)).toMatchObject({ next: start, isEnd: false });
    clock.advance(500);
    expect(woken).toBe(1);
    const block = await source.read("datagen-0", start, limits);
    expect(block).toMatchObject({ rowCount: 50, next: `50@${nowMs + 500}`, isEnd: false });
    expect(await source.reread("datagen-0", start, block.next)).toMatchObject({ rowCount: 50 });
    expect(source.isBounded).toBe(false);
    await source.close();
  });

  it("goes on from where a job was, not from its first start", async () => {
    const clock = new ManualClock(nowMs);
    const source = await openSource(table({ a: int }, { "rows-per-second": "10" }), clock);
    const from = positionText({ rows: 1_000_000, nowMs: 5 });
    expect((await source.read("datagen-0", from, limits)).next).toBe(from);
    clock.advance(1_000);
    expect((await source.read("datagen-0", from, limits)).rowCount).toBe(10);
    await source.close();
  });

  it.each([
    [{ "number-of-rows": "5" }, 5],
    [{ "fields.a.kind": "sequence", "fields.a.start": "1", "fields.a.end": "3" }, 3],
    [{ "number-of-rows": "2", "fields.a.kind": "sequence", "fields.a.start": "1", "fields.a.end": "3" }, 2],
    [{ "number-of-rows": "1", "scan.parallelism": "2" }, 1],
  ])("ends with its rows: %j", async (options, rows) => {
    const clock = new ManualClock(nowMs);
    const source = await openSource(table({ a: int }, options), clock);
    expect(source.isBounded).toBe(true);
    let found = 0;
    for (const { id, start } of await source.splits()) {
      await source.read(id, start, limits);
      clock.advance(60_000);
      const block = await source.read(id, start, limits);
      expect(block.isEnd).toBe(true);
      found += block.rowCount ?? 0;
    }
    expect(found).toBe(rows);
    await source.close();
  });
});

describe("options of datagen", () => {
  it.each([
    [{ "fields.b.min": "1" }, "fields.b.min"],
    [{ "rows-per-second": "0" }, "rows-per-second"],
    [{ "fields.a.kind": "constant" }, "fields.a.kind"],
    [{ "fields.a.kind": "sequence", "fields.a.start": "1" }, "fields.a.end"],
    [{ "fields.a.kind": "sequence", "fields.a.start": "2", "fields.a.end": "1" }, "before the start"],
    [{ "fields.a.min": "5", "fields.a.max": "4" }, "no range"],
    [{ "fields.a.max": "99999999999" }, "no range"],
    [{ "fields.a.min": "few" }, "fields.a.min"],
    [{ "fields.a.null-rate": "2" }, "null-rate"],
    [{ "fields.t.length": "5" }, "fields.t.length"],
    [{ "fields.t.var-len": "true" }, "fields.t.var-len"],
    [{ "fields.o.kind": "sequence", "fields.o.start": "1", "fields.o.end": "2" }, "no sequence of BOOLEAN"],
  ])("%j", (options, words) => {
    const fields = {
      a: int,
      t: { kind: "char", length: 3, nullable: true } as const,
      o: { kind: "boolean", nullable: true } as const,
    };
    const check = (): void => datagenConnector(new ManualClock()).checkSource?.(table(fields, options));
    expect(check).toThrow(
      expect.objectContaining({ name: "SqlError", message: expect.stringContaining(words) }),
    );
  });

  it("refuse NULLs where there may be none", () => {
    const definition = table({ a: { kind: "int", nullable: false } }, { "fields.a.null-rate": "0.1" });
    expect(() => datagenConnector(new ManualClock()).checkSource?.(definition)).toThrow("NOT NULL");
  });
});
