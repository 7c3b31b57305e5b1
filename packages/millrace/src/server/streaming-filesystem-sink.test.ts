import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RoleAccess } from "../core/role-access.ts";
import type { Connector, Sink } from "../kernels/streaming/connector-port.ts";
import { filesystemConnector } from "../kernels/streaming/connectors/filesystem/filesystem.ts";
import { TestS3 } from "../services/s3/test-s3.ts";
import { contentsOf, rowsBlock, sinkContext, testObjects, textTable } from "./test-streaming-sinks.ts";

const options = { connector: "filesystem", path: "s3://lake/out", format: "json" };

let s3: TestS3;
let directory: string;
beforeEach(async () => {
  s3 = await TestS3.start();
  await s3.run("CreateBucket", { Bucket: "lake" });
  directory = mkdtempSync(join(tmpdir(), "millrace-staged-"));
});
afterEach(async () => {
  await s3[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true, force: true });
});

function connector(roles?: RoleAccess): Connector {
  const objects = testObjects(s3, roles);
  return filesystemConnector({ objects, clock: s3.clock, stagingOf: () => join(directory, "staged") });
}

async function openSink({
  extra = {},
  partitions = [],
  subtask = 0,
  from = connector(),
}: {
  extra?: Readonly<Record<string, string>>;
  partitions?: readonly string[];
  subtask?: number;
  from?: Connector;
} = {}): Promise<Sink> {
  const table = textTable(["a", "day", "hour"], partitions, { ...options, ...extra });
  const sink = await from.openSink?.(table, sinkContext({ subtask }));
  if (sink === undefined) throw new TypeError("no sink");
  return sink;
}

const contents = (): Promise<Readonly<Record<string, string>>> => contentsOf(s3, "lake");
const values = async (): Promise<readonly string[]> => Object.values(await contents()).sort();

describe("rows as objects", () => {
  it("are visible with their checkpoint, one object each, under keys that say which", async () => {
    const sink = await openSink();
    await sink.recover(undefined);
    await sink.commit(await sink.prepare(0));
    await sink.write(1, rowsBlock([["{1}"], ["{2}"]]));
    await sink.write(2, rowsBlock([["{3}"]]));
    expect(await contents()).toEqual({});
    const handle = await sink.prepare(1);
    expect(await contents()).toEqual({});
    await sink.commit(handle);
    await sink.write(3, rowsBlock([["{4}"]]));
    await sink.commit(await sink.prepare(2));
    const found = await contents();
    expect(Object.values(found)).toEqual(["{1}\n{2}\n{3}\n", "{4}\n"]);
    const [first = "", second = ""] = Object.keys(found);
    expect(first).toMatch(/^out\/part-[0-9a-f]{16}-0-1-0\.json$/);
    expect(second).toBe(first.replace("-1-0.json", "-2-0.json"));
    await sink.close(false);
    expect(existsSync(join(directory, "staged"))).toBe(true);
  });

  it("come once, wherever a crash falls", async () => {
    const first = await openSink();
    await first.recover(undefined);
    await first.write(1, rowsBlock([["a"]]));
    const one = await first.prepare(1);
    // The manifest is durable; the commit is not done, and rows were staged behind it.
    await first.write(2, rowsBlock([["b"]]));
    await first.prepare(2);

    const second = await openSink();
    await second.recover(one);
    expect(await values()).toEqual(["a\n"]);
    await second.write(2, rowsBlock([["b"]]));
    const two = await second.prepare(2);
    await second.commit(two);
    const before = await contents();

    // Died between the commit and the next manifest.
    const third = await openSink();
    await third.recover(two);
    await third.write(3, rowsBlock([["c"]]));
    await third.commit(await third.prepare(3));
    expect(await values()).toEqual(["a\n", "b\n", "c\n"]);
    expect(await contents()).toMatchObject(before);
  });

  it("of a checkpoint that was given up come with the next one", async () => {
    const sink = await openSink();
    await sink.recover(undefined);
    await sink.write(1, rowsBlock([["a"]]));
    await sink.prepare(1);
    await sink.write(2, rowsBlock([["b"]]));
    await sink.commit(await sink.prepare(2));
    expect(await values()).toEqual(["a\n", "b\n"]);
  });

  it("that were staged by a run which does not go on are dropped", async () => {
    const first = await openSink();
    await first.recover(undefined);
    await first.write(1, rowsBlock([["lost"]]));
    await first.prepare(1);
    const other = await openSink();
    await other.recover(undefined);
    await other.commit(await other.prepare(0));
    expect(await contents()).toEqual({});
  });

  it("are split by size, and a row is never cut", async () => {
    const sink = await openSink({ extra: { "sink.rolling-policy.file-size": "8" } });
    await sink.recover(undefined);
    await sink.write(1, rowsBlock([["123"], ["456"], ["789"], ["123456789"]]));
    await sink.commit(await sink.prepare(1));
    expect(Object.values(await contents())).toEqual(["123\n456\n", "789\n123456789\n"]);
  });

  it("are Parquet files where that is asked for", async () => {
    const sink = await openSink({ extra: { format: "parquet" }, partitions: ["day"] });
    await sink.recover(undefined);
    const rows = Array.from({ length: 5_000 }, (_, at) => JSON.stringify({ a: `${at} \n "x"`, hour: null }));
    await sink.write(1, rowsBlock(rows.map((text): [string, string] => [text, "day=1/"])));
    await sink.commit(await sink.prepare(1));
    const [version] = s3.objects.list("lake", { limit: 10 }).items;
    expect(version?.key).toMatch(/^out\/day=1\/part-[0-9a-f]{16}-0-1-0\.parquet$/);
    const path = version === undefined ? undefined : s3.objects.path(version);
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    const found = await connection.runAndReadAll(`from read_parquet('${path}')`);
    expect(found.columnNames()).toEqual(["a", "hour"]);
    expect(found.getRows()).toEqual(rows.map((_, at) => [`${at} \n "x"`, null]));
    connection.closeSync();
    instance.closeSync();
  });

  it("survive a large amount between checkpoints", async () => {
    const sink = await openSink({ extra: { "sink.rolling-policy.file-size": "3mb" } });
    await sink.recover(undefined);
    const row = "x".repeat(1_000);
    for (let round = 1; round <= 10; round += 1)
      await sink.write(round, rowsBlock(Array.from({ length: 1_000 }, (): [string] => [`${round}${row}`])));
    await sink.commit(await sink.prepare(1));
    const lines = (await values()).join("").split("\n").slice(0, -1);
    expect(lines).toHaveLength(10_000);
    for (let round = 1; round <= 10; round += 1)
      expect(lines.filter((line) => line === `${round}${row}`)).toHaveLength(1_000);
  });

  it("of each subtask have keys of their own", async () => {
    const from = connector();
    const sinks = [await openSink({ from }), await openSink({ from, subtask: 1 })];
    for (const sink of sinks) {
      await sink.recover(undefined);
      await sink.write(1, rowsBlock([["same"]]));
      await sink.commit(await sink.prepare(1));
    }
    expect(await values()).toEqual(["same\n", "same\n"]);
  });

  it("are not written where the role may not, and tried again until it may", async () => {
    let isAllowed = false;
    const roles: RoleAccess = {
      assuming: () => undefined,
      refusal: () => (isAllowed ? undefined : { kind: "action", message: "no" }),
    };
    const from = connector(roles);
    await expect(openSink({ from })).rejects.toMatchObject({ name: "ObjectAccessError" });
    isAllowed = true;
    const sink = await openSink({ from });
    await sink.recover(undefined);
    await sink.write(1, rowsBlock([["a"]]));
    const handle = await sink.prepare(1);
    isAllowed = false;
    const error: unknown = await sink.commit(handle).catch((reason: unknown) => reason);
    expect(sink.isTransient(error)).toBe(true);
    isAllowed = true;
    await sink.commit(handle);
    expect(await values()).toEqual(["a\n"]);
  });

  it("need a bucket", async () => {
    await expect(openSink({ extra: { path: "s3://none/x" } })).rejects.toMatchObject({
      name: "ObjectAccessError",
      message: expect.stringContaining("none"),
    });
  });
});

describe("partitions", () => {
  const partitions = ["day", "hour"];
  const success = { "sink.partition-commit.policy.kind": "success-file" };
  const byTime = {
    ...success,
    "sink.partition-commit.trigger": "partition-time",
    "sink.partition-commit.delay": "1 h",
    "partition.time-extractor.timestamp-pattern": "$day $hour:00:00",
  };
  const ten = "day=2026-01-01/hour=10/";
  const eleven = "day=2026-01-01/hour=11/";
  const marks = async (): Promise<readonly string[]> =>
    Object.keys(await contents()).filter((key) => key.endsWith("/_SUCCESS"));

  it("are folders", async () => {
    const sink = await openSink({ partitions });
    await sink.recover(undefined);
    await sink.write(
      1,
      rowsBlock([
        ["a", ten],
        ["b", eleven],
        ["c", ten],
      ]),
    );
    await sink.commit(await sink.prepare(1));
    const found = await contents();
    expect(Object.values(found)).toEqual(["a\nc\n", "b\n"]);
    expect(Object.keys(found).map((key) => key.replace(/part-.*/, ""))).toEqual([
      `out/${ten}`,
      `out/${eleven}`,
    ]);
  });

  it("are complete when the watermark has passed them, also while nothing is written", async () => {
    const sink = await openSink({ partitions, extra: byTime });
    await sink.recover(undefined);
    await sink.write(1, rowsBlock([["a", ten]], Date.UTC(2026, 0, 1, 11, 0)));
    await sink.commit(await sink.prepare(1));
    expect(await marks()).toEqual([]);
    await sink.write(2, rowsBlock([], Date.UTC(2026, 0, 1, 11, 0, 1)));
    await sink.commit(await sink.prepare(2));
    expect(await marks()).toEqual([`out/${ten}_SUCCESS`]);
  });

  it("are complete when that holds for all subtasks, and all have put their objects", async () => {
    const from = connector();
    const [first, second] = [
      await openSink({ from, partitions, extra: byTime }),
      await openSink({ from, partitions, extra: byTime, subtask: 1 }),
    ];
    await Promise.all([first.recover(undefined), second.recover(undefined)]);
    await first.write(1, rowsBlock([["a", ten]], Date.UTC(2026, 0, 1, 13)));
    await second.write(1, rowsBlock([["b", ten]], Date.UTC(2026, 0, 1, 10)));
    let handles = [await first.prepare(1), await second.prepare(1)];
    await first.commit(handles[0] ?? "");
    await second.commit(handles[1] ?? "");
    expect(await marks()).toEqual([]);
    await second.write(2, rowsBlock([], Date.UTC(2026, 0, 1, 13)));
    handles = [await first.prepare(2), await second.prepare(2)];
    await first.commit(handles[0] ?? "");
    expect(await marks()).toEqual([]);
    await second.commit(handles[1] ?? "");
    expect(await marks()).toEqual([`out/${ten}_SUCCESS`]);
  });

  it("that wait are known after a crash", async () => {
    const first = await openSink({ partitions, extra: byTime });
    await first.recover(undefined);
    await first.write(1, rowsBlock([["a", ten]], Date.UTC(2026, 0, 1, 10)));
    const handle = await first.prepare(1);
    const second = await openSink({ partitions, extra: byTime });
    await second.recover(handle);
    expect(await marks()).toEqual([]);
    await second.write(2, rowsBlock([], Number.POSITIVE_INFINITY));
    await second.commit(await second.prepare(2));
    expect(await marks()).toEqual([`out/${ten}_SUCCESS`]);
  });

  it("are complete by the clock, without another checkpoint", async () => {
    const sink = await openSink({
      partitions,
      extra: {
        ...success,
        "sink.partition-commit.delay": "10 s",
        "sink.partition-commit.success-file.name": "DONE",
      },
    });
    await sink.recover(undefined);
    await sink.write(1, rowsBlock([["a", ten]]));
    await sink.commit(await sink.prepare(1));
    s3.clock.advance(9_000);
    const isDone = async (): Promise<boolean> => `out/${ten}DONE` in (await contents());
    expect(await isDone()).toBe(false);
    s3.clock.advance(1_001);
    await expect.poll(isDone).toBe(true);
    await sink.close(false);
  });

  it("whose values are no time fail the job with the option's name", async () => {
    const sink = await openSink({ partitions, extra: byTime });
    await sink.recover(undefined);
    await sink.write(1, rowsBlock([["a", "day=x/hour=y/"]], 0));
    const handle = await sink.prepare(1);
    const error: unknown = await sink.commit(handle).catch((reason: unknown) => reason);
    expect(`${error}`).toContain("partition.time-extractor.timestamp-pattern");
    expect(sink.isTransient(error)).toBe(false);
  });

  it("are too many at some point", async () => {
    const sink = await openSink({ partitions });
    await sink.recover(undefined);
    const rows = Array.from({ length: 10_001 }, (_, i): [string, string] => ["r", `day=${i}/hour=1/`]);
    await expect(sink.write(1, rowsBlock(rows))).rejects.toThrow("more than 10000 files");
  });
});

describe("options of a table of objects", () => {
  it.each([
    [{ path: "file:///tmp/x" }, "0A000", "scheme 'file'"],
    [{ path: "/tmp/x" }, "0A000", "local disk"],
    [{ path: "hdfs://host/x" }, "0A000", "scheme 'hdfs'"],
    [{ path: "s3:///x" }, "22023", "names no bucket"],
    [{ path: "" }, "22023", "path"],
    [{ "auto-compaction": "true" }, "0A000", "auto-compaction"],
    [{ "sink.partition-commit.policy.kind": "metastore,success-file" }, "0A000", "metastore"],
    [{ "sink.partition-commit.policy.kind": "email" }, "22023", "email"],
    [{ "sink.partition-commit.trigger": "moon" }, "22023", "sink.partition-commit.trigger"],
    [{ "sink.rolling-policy.file-size": "0" }, "22023", "file-size"],
    [{ "sink.rolling-policy.rollover-interval": "soon" }, "22023", "rollover-interval"],
    [
      { "partition.time-extractor.kind": "custom", "sink.partition-commit.trigger": "partition-time" },
      "0A000",
      "custom",
    ],
    [
      {
        "sink.partition-commit.watermark-time-zone": "Mars",
        "sink.partition-commit.trigger": "partition-time",
      },
      "22023",
      "Mars",
    ],
    [{ shape: "round" }, "22023", "shape"],
    [{ format: "orc" }, "0A000", "orc"],
  ])("%j: %s", (extra, sqlState, words) => {
    const table = textTable(["a", "day"], ["day"], { ...options, ...extra });
    const check = (): void => connector().checkSink?.(table);
    expect(check).toThrow(expect.objectContaining({ sqlState, message: expect.stringContaining(words) }));
  });

  it("say how rows are written", () => {
    const table = textTable(["a", "day"], ["day"], { ...options, "partition.default-name": "none" });
    connector().checkSink?.(table);
    expect(connector().sinkEncoding?.(table)).toEqual({
      format: "json",
      keys: { kind: "hive", columns: [1], nullName: "none" },
      leaveOut: [1],
    });
  });
});
