import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { everyRole, type RoleAccess } from "../core/role-access.ts";
import type { Connector, Sink } from "../kernels/streaming/connector-port.ts";
import type { BucketObjects } from "../kernels/streaming/connectors/objects-port.ts";
import { redshiftConnector } from "../kernels/streaming/connectors/redshift/redshift.ts";
import { TestCopy } from "../kernels/warehouse/copy/test-copy.ts";
import { StreamingWarehouse } from "./streaming-warehouse.ts";
import { rowsBlock, sinkContext, textTable } from "./test-streaming-sinks.ts";

const options = {
  ...{ connector: "redshift", "cluster-identifier": "millrace", database: "dev", user: "awsuser" },
  ...{ table: "clicks", path: "s3://b/staged", "iam-role": "arn:aws:iam::000000000000:role/load" },
};

let test: TestCopy;
let directory: string;
/** Keys of objects that are there now. */
const staged = new Set<string>();

beforeAll(async () => {
  test = await TestCopy.start();
  await test.session.rows("create table clicks (a varchar(10), b varchar(10))");
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async () => {
  await test.session.rows("truncate clicks");
  directory = mkdtempSync(join(tmpdir(), "millrace-staged-"));
  return () => rmSync(directory, { recursive: true, force: true });
});

const bucket: BucketObjects = {
  checkWritable() {},
  async put({ key, body }) {
    const pieces: Buffer[] = [];
    for await (const piece of body) pieces.push(piece);
    test.objects.put("b", key, Buffer.concat(pieces));
    staged.add(key);
  },
  async remove(key) {
    staged.delete(key);
  },
  async *list() {},
  async read() {
    return undefined;
  },
};

function connector(roles: RoleAccess = everyRole): Connector {
  return redshiftConnector({
    objects: { open: async () => bucket },
    warehouse: new StreamingWarehouse(
      async () => test.warehouse.warehouse,
      async () => roles,
    ),
    stagingOf: () => join(directory, "staged"),
  });
}

async function openSink(
  extra: Readonly<Record<string, string>> = {},
  { subtask = 0, from = connector(), producer = `${directory}/1` } = {},
): Promise<Sink> {
  const table = textTable(["a", "B"], [], { ...options, ...extra });
  const { key } = test.warehouse.warehouse.list()[0] ?? {};
  const sink = await from.openSink?.(table, sinkContext({ ...key, subtask, producer }));
  if (sink === undefined) throw new TypeError("no sink");
  return sink;
}

const row = (a: string, B: string): [string] => [JSON.stringify({ a, B })];

describe("rows into a table of Redshift", () => {
  it("are there with their checkpoint, and nothing stays behind", async () => {
    const sink = await openSink();
    await sink.recover(undefined);
    await sink.commit(await sink.prepare(0));
    await sink.write(1, rowsBlock([row("1", "x"), row("2", "it's")]));
    const handle = await sink.prepare(1);
    expect(await test.rows("clicks")).toEqual([]);
    await sink.commit(handle);
    expect(await test.rows("clicks")).toEqual(["1|x", "2|it's"]);
    expect([...staged]).toEqual([]);
    await sink.write(2, rowsBlock([row("3", "y")]));
    await sink.commit(await sink.prepare(2));
    expect(await test.rows("clicks")).toEqual(["1|x", "2|it's", "3|y"]);
  });

  it("come once, wherever a crash falls", async () => {
    const first = await openSink();
    await first.recover(undefined);
    await first.write(1, rowsBlock([row("1", "x")]));
    const one = await first.prepare(1);
    await first.write(2, rowsBlock([row("lost", "")]));

    // The manifest was durable, the load was not done.
    const second = await openSink();
    await second.recover(one);
    expect(await test.rows("clicks")).toEqual(["1|x"]);
    await second.write(2, rowsBlock([row("2", "y")]));
    const two = await second.prepare(2);

    // Loaded, but the local files are still there: as if the process had died right behind the transaction.
    const keep = { ...bucket, remove: () => Promise.reject(new Error("died")) };
    const dying = redshiftConnector({
      objects: { open: async () => keep },
      warehouse: new StreamingWarehouse(
        async () => test.warehouse.warehouse,
        async () => everyRole,
      ),
      stagingOf: () => join(directory, "staged"),
    });
    const third = await openSink({}, { from: dying });
    await expect(third.recover(two)).rejects.toThrow("died");
    expect(await test.rows("clicks")).toEqual(["1|x", "2|y"]);
    const fourth = await openSink();
    await fourth.recover(two);
    expect(await test.rows("clicks")).toEqual(["1|x", "2|y"]);
  });

  it("of several subtasks are noted apart", async () => {
    const from = connector();
    const sinks = [await openSink({}, { from }), await openSink({}, { from, subtask: 1 })];
    await Promise.all(sinks.map((sink) => sink.recover(undefined)));
    await Promise.all(sinks.map((sink, at) => sink.write(1, rowsBlock([row(`${at}`, "z")]))));
    const handles = await Promise.all(sinks.map((sink) => sink.prepare(1)));
    await Promise.all(sinks.map((sink, at) => sink.commit(handles[at] ?? "")));
    expect([...(await test.rows("clicks"))].sort()).toEqual(["0|z", "1|z"]);
  });

  it("that do not fit fail the job, and leave nothing", async () => {
    const sink = await openSink();
    await sink.recover(undefined);
    await sink.write(1, rowsBlock([row("1", "x"), row("longer than ten", "x")]));
    const error: unknown = await sink.commit(await sink.prepare(1)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "SqlError" });
    expect(sink.isTransient(error)).toBe(false);
    expect(await test.rows("clicks")).toEqual([]);
  });

  it("need a cluster, a user, a table and a role that may", async () => {
    await expect(openSink({ "cluster-identifier": "none" })).rejects.toThrow("cluster none was not found");
    await expect(openSink({ user: "nobody" })).rejects.toThrow('no user "nobody"');
    await expect((await openSink({ table: "nothing" })).recover(undefined)).rejects.toMatchObject({
      sqlState: "42P01",
    });
    const roles: RoleAccess = {
      assuming: () => undefined,
      refusal: ({ action }) => ({ kind: "action", message: `${action} is not allowed` }),
    };
    await expect(openSink({}, { from: connector(roles) })).rejects.toThrow("redshift:GetClusterCredentials");
  });
});

it.each([
  [{ workgroup: "w" }, "workgroup"],
  [{ format: "csv" }, "JSON"],
  [{ "iam-role": "x'; drop table clicks" }, "iam-role"],
  [{ table: 'a"b' }, 'a"b'],
  [{ table: "a.b.c" }, "schema.table"],
  [{ path: "file:///x" }, "scheme 'file'"],
  [{ database: "" }, "database"],
  [{ mode: "fast" }, "mode"],
])("refuses %j", (extra, words) => {
  const check = (): void => connector().checkSink?.(textTable(["a"], [], { ...options, ...extra }));
  expect(check).toThrow(
    expect.objectContaining({ name: "SqlError", message: expect.stringContaining(words) }),
  );
});
