import fs from "node:fs";
import { expect, test } from "vitest";
import { LogClosedError, LogInputError, LogLockedError } from "./errors.ts";
import { LogFixture, readAll } from "./log-fixture.ts";
import { directoryOfId } from "./log-name.ts";

const one = { count: 1, kind: 1, payload: Buffer.from("x") };

test("logs are listed by id, open or not, and opened once", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store();
  expect(await store.list()).toEqual([]);
  const [a, again] = await Promise.all([store.open("eu/Orders"), store.open("eu/Orders")]);
  expect(again).toBe(a);
  await store.open("memory", { durability: { mode: "memory" } });
  await a.close();
  expect(await store.list()).toEqual(["eu/Orders", "memory"]);
});

test("a directory has one owner at a time", async () => {
  await using fixture = new LogFixture();
  const owner = fixture.store();
  await owner.open("a");
  await expect(fixture.store().open("a")).rejects.toThrow(LogLockedError);
  await owner.close();
  await expect(fixture.store().open("a")).resolves.toBeDefined();
});

test("a log in memory touches no file, and is gone once it is closed", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store({ durability: { mode: "memory" } });
  const log = await store.open("a");
  await log.append(one);
  expect(fs.readdirSync(fixture.dir)).toEqual([]);
  expect(await store.open("a")).toBe(log);
  await log.close();
  expect(await store.open("a")).toMatchObject({ nextOffset: 0 });
});

test("a log on disk is not opened in memory", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store();
  await (await store.open("a")).close();
  await expect(store.open("a", { durability: { mode: "memory" } })).rejects.toThrow(LogInputError);
});

test("a deleted log is gone, and its id begins anew", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store();
  const log = await store.open("a");
  await log.append(one);
  const waiting = log.append(one).then(
    ({ firstOffset }) => ({ firstOffset }),
    (error) => error,
  );
  const [, reopened] = await Promise.all([store.delete("a"), store.open("a")]);
  // The append was either in time or refused; it must not be left waiting.
  expect([{ firstOffset: 1 }, new LogClosedError("a")]).toContainEqual(await waiting);
  expect(reopened).toMatchObject({ firstOffset: 0, nextOffset: 0 });
  await reopened.append(one);
  expect(await readAll(reopened)).toHaveLength(1);
  await store.delete("a");
  await store.delete("a");
  expect(await store.list()).toEqual([]);
  expect(fs.readdirSync(fixture.dir)).toEqual([".lock"]);
});

test("an interrupted deletion is finished by the next owner", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store();
  await (await store.open("a")).append(one);
  await store.close();
  fs.renameSync(fixture.path(directoryOfId("a")), fixture.path(".deleted-123"));
  const next = fixture.store();
  expect(await next.list()).toEqual([]);
  await next.open("b");
  expect(fs.readdirSync(fixture.dir)).toEqual([".lock", "b"]);
});

test("a closed store opens nothing", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store();
  await store.close();
  await expect(store.open("a")).rejects.toThrow(LogClosedError);
});

test("options out of bounds are refused", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store();
  await expect(store.open("a", { segmentMaxBytes: 10 })).rejects.toThrow(LogInputError);
  await expect(store.open("a", { retention: { maxAgeMs: Number.NaN } })).rejects.toThrow(LogInputError);
  await expect(store.open("a", { durability: { mode: "interval", intervalMs: 0 } })).rejects.toThrow(
    LogInputError,
  );
  await expect(store.open("")).rejects.toThrow(LogInputError);
  await expect(store.open("a")).resolves.toMatchObject({ id: "a" });
});

test("an idle log costs kilobytes, not a segment", async () => {
  await using fixture = new LogFixture();
  const log = await fixture.store().open("a");
  const stored = () =>
    fixture.names("a").reduce((bytes, name) => bytes + fs.statSync(fixture.path("a", name)).size, 0);
  expect(stored()).toBeLessThan(1024);
  await log.append(one);
  expect(stored()).toBeLessThan(80 * 1024);
});
