import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RoleAccess } from "../core/role-access.ts";
import type { Source, SourceBlock } from "../kernels/streaming/connector-port.ts";
import { filesystemConnector } from "../kernels/streaming/connectors/filesystem/filesystem.ts";
import { TestS3 } from "../services/s3/test-s3.ts";
import type { TableDefinition } from "../sql/flink/relation.ts";
import { sinkContext, testObjects, textTable } from "./test-streaming-sinks.ts";

const options = { connector: "filesystem", path: "s3://lake/in", format: "json" };
const limits = { maxBytes: 1e6, maxRecords: 1_000 };

let s3: TestS3;
beforeEach(async () => {
  s3 = await TestS3.start();
  await s3.run("CreateBucket", { Bucket: "lake" });
});
afterEach(() => s3[Symbol.asyncDispose]());

const put = (Key: string, Body: string | Uint8Array): Promise<unknown> =>
  s3.run("PutObject", { Bucket: "lake", Key, Body });

async function openSource(
  extra: Readonly<Record<string, string>> = {},
  table: TableDefinition = textTable(["a"], [], { ...options, ...extra }),
  roles?: RoleAccess,
): Promise<Source> {
  const objects = testObjects(s3, roles);
  const connector = filesystemConnector({ objects, clock: s3.clock, stagingOf: () => "" });
  const source = await connector.openSource?.(table, sinkContext());
  if (source === undefined) throw new TypeError("no source");
  return source;
}

const linesOf = ({ bytes, starts, ends }: SourceBlock): readonly string[] =>
  Array.from(starts, (start, at) => Buffer.from(bytes).toString("utf8", start, ends[at]));

/** All lines by key, read a few at a time. */
async function all(source: Source, some = limits): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, string[]> = {};
  for (const { id, start } of await source.splits()) {
    const lines: string[] = [];
    for (let position = start; ; ) {
      const block = await source.read(id, position, some);
      lines.push(...linesOf(block));
      expect(linesOf(await source.reread(id, position, block.next))).toEqual(linesOf(block));
      position = block.next;
      if (block.isEnd) break;
    }
    found[id.slice(id.indexOf(" ") + 1)] = lines;
  }
  return found;
}

describe("objects as sources", () => {
  it("are their lines, plain or packed, with or without a last line end", async () => {
    await put("in/a.json", "{1}\n{2}\r\n{3}");
    await put("in/deep/b.json.gz", gzipSync("{4}\n{5}\n"));
    await put("in/empty.json", "");
    await put("in/_SUCCESS", "x");
    await put("in/.hidden/c.json", "x");
    await put("other/d.json", "x");
    const expected = {
      "in/a.json": ["{1}", "{2}", "{3}"],
      "in/deep/b.json.gz": ["{4}", "{5}"],
      "in/empty.json": [],
    };
    const source = await openSource();
    expect(source.isBounded).toBe(true);
    expect(await all(source)).toEqual(expected);
    expect(await all(source, { maxBytes: 1, maxRecords: 1 })).toEqual(expected);
    await source.close();
  });

  it("are read in pieces of any size", async () => {
    const lines = Array.from({ length: 600 }, (_, at) => `${at} ${"ü".repeat(at % 97)}`);
    await put("in/a", lines.join("\n"));
    await put("in/b.gz", gzipSync(lines.join("\n")));
    for (const maxBytes of [100, 5_000, 100_000]) {
      const source = await openSource();
      expect(await all(source, { maxBytes, maxRecords: 700 })).toEqual({ "in/a": lines, "in/b.gz": lines });
      await source.close();
    }
  });

  it("give the same bytes to another process", async () => {
    await put("in/a.gz", gzipSync("1\n22\n333\n4444\n"));
    const first = await openSource();
    const [split] = await first.splits();
    const id = split?.id ?? "";
    const { next } = await first.read(id, 0, { maxBytes: 2, maxRecords: 1 });
    const second = await openSource();
    expect(linesOf(await second.reread(id, 0, next))).toEqual(["1"]);
    expect(linesOf(await second.read(id, next, limits))).toEqual(["22", "333", "4444"]);
  });

  it("that are gone or replaced are lost", async () => {
    await put("in/a", "1\n");
    const source = await openSource();
    const [split] = await source.splits();
    await put("in/a", "2\n");
    await expect(source.read(split?.id ?? "", 0, limits)).rejects.toMatchObject({
      name: "SourceLostError",
      message: expect.stringContaining("s3://lake/in/a"),
    });
  });

  it("that are damaged fail the job", async () => {
    await put("in/a.gz", gzipSync("1\n".repeat(1_000)).subarray(0, 30));
    const source = await openSource();
    const [split] = await source.splits();
    await expect(source.read(split?.id ?? "", 0, limits)).rejects.toThrow();
  });

  it("are looked for again where they are monitored", async () => {
    await put("in/a", "1\n");
    const source = await openSource({ "source.monitor-interval": "10 s" });
    let told = 0;
    source.onChange(() => {
      told += 1;
    });
    expect(source.isBounded).toBe(false);
    expect(await source.splits()).toHaveLength(1);
    await put("in/b", "2\n");
    s3.clock.advance(9_999);
    expect(told).toBe(0);
    s3.clock.advance(1);
    expect(told).toBe(1);
    expect((await source.splits()).map(({ id }) => id.split(" ")[1])).toEqual(["in/a", "in/b"]);
    await source.close();
  });

  it("are chosen by a pattern for their path", async () => {
    for (const key of ["in/a.json", "in/b.csv", "in/x/c.json"]) await put(key, "1\n");
    const source = await openSource({ "source.path.regex-pattern": "/in/[^/]*\\.json" });
    expect(Object.keys(await all(source))).toEqual(["in/a.json"]);
  });

  it("have metadata, and partitions in their names", async () => {
    await put("in/day=2026-01-01/hour=a%2Fb/x.json", "1\n2\n");
    const table = textTable(["a", "day", "hour", "none"], ["day", "hour", "none"], options);
    const columns = ["file.path", "file.name", "file.size", "file.modification-time"].map((key) => ({
      ...{ kind: "metadata" as const, key, isVirtual: true },
      field: { name: key, type: { kind: "bigint", nullable: false } as const },
    }));
    const source = await openSource({}, { ...table, columns: [...table.columns, ...columns] });
    const [split] = await source.splits();
    const { metadata } = await source.read(split?.id ?? "", 0, limits);
    const path = "s3://lake/in/day=2026-01-01/hour=a%2Fb/x.json";
    expect(metadata).toEqual({
      "file.path": [path, path],
      "file.name": ["x.json", "x.json"],
      "file.size": new Float64Array([4, 4]),
      "file.modification-time": new Float64Array([s3.clock.now(), s3.clock.now()]),
      "partition.day": ["2026-01-01", "2026-01-01"],
      "partition.hour": ["a/b", "a/b"],
      "partition.none": ["__DEFAULT_PARTITION__", "__DEFAULT_PARTITION__"],
    });
  });

  it("are not read by a role that may not", async () => {
    await put("in/a", "1\n");
    const roles: RoleAccess = {
      assuming: () => undefined,
      refusal: ({ action }) => (action === "s3:GetObject" ? { kind: "action", message: "no" } : undefined),
    };
    const source = await openSource({}, undefined, roles);
    const [split] = await source.splits();
    await expect(source.read(split?.id ?? "", 0, limits)).rejects.toMatchObject({
      name: "ObjectAccessError",
    });
  });
});

it.each([
  [{ "source.monitor-interval": "0" }, "source.monitor-interval"],
  [{ "source.path.regex-pattern": "(" }, "source.path.regex-pattern"],
  [{ path: "gs://lake/in" }, "scheme 'gs'"],
  [{ format: "parquet" }, "parquet"],
  [{ colour: "red" }, "colour"],
])("refuses %j", (extra, words) => {
  const connector = filesystemConnector({ objects: testObjects(s3), clock: s3.clock, stagingOf: () => "" });
  const check = (): void => connector.checkSource?.(textTable(["a"], [], { ...options, ...extra }));
  expect(check).toThrow(
    expect.objectContaining({ name: "SqlError", message: expect.stringContaining(words) }),
  );
});
