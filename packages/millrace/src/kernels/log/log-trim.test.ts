import fs from "node:fs";
import { expect, test } from "vitest";
import { LogInputError, OffsetOutOfRangeError } from "./errors.ts";
import { FaultyFiles } from "./faulty-files.ts";
import type { Durability, Log } from "./log.ts";
import { LogFixture, payloadOf, readAll } from "./log-fixture.ts";
import { toOffset } from "./offset.ts";

const sync: Durability = { mode: "sync" };
const memory: Durability = { mode: "memory" };

async function fill(log: Log, batches: number): Promise<void> {
  for (let i = 0; i < batches; i++) await log.append({ count: 2, kind: 1, payload: payloadOf(i, 3000) });
}

test.each([sync, memory])("$mode: what lies below the mark is gone, the rest is not", async (durability) => {
  await using fixture = new LogFixture();
  const log = await fixture.store({ durability, segmentMaxBytes: 14_000 }).open("a");
  await fill(log, 20);
  await log.trimTo(toOffset(21));
  expect(log.firstOffset).toBe(21);
  await expect(log.read(toOffset(20), { maxBytes: 1 })).rejects.toThrow(OffsetOutOfRangeError);
  expect((await readAll(log))[0]).toMatchObject({ firstOffset: 20, count: 2 });
  expect(await readAll(log)).toHaveLength(10);
  await log.trimTo(toOffset(3));
  expect(log.firstOffset).toBe(21);
  await expect(log.trimTo(toOffset(41))).rejects.toThrow(LogInputError);
  await log.trimTo(toOffset(40));
  expect(log).toMatchObject({ firstOffset: 40, nextOffset: 40 });
  expect(log.info.bytes).toBe(0);
  expect(await log.append({ count: 1, kind: 1, payload: Buffer.alloc(1) })).toMatchObject({
    firstOffset: 40,
  });
  expect(await readAll(log)).toHaveLength(1);
});

test("files go with what they held, and nothing comes back at the next opening", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store({ segmentMaxBytes: 14_000 });
  const log = await store.open("a");
  await fill(log, 20);
  await log.trimTo(toOffset(25));
  const names = fixture.names("a").filter((name) => name.endsWith(".seg"));
  expect(names).toEqual(["00000000000000000024.seg", "00000000000000000030.seg", "00000000000000000036.seg"]);
  await store.close();
  const again = await fixture.store().open("a");
  expect(again).toMatchObject({ firstOffset: 25, nextOffset: 40, corruptions: [] });
  await again.trimTo(toOffset(40));
  expect(fixture.names("a")).toEqual(["state.json"]);
});

test("a removal that was interrupted behind the mark is finished by the next opening", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store({ segmentMaxBytes: 14_000 });
  const log = await store.open("a");
  await fill(log, 20);
  const before = new Map(
    fixture.names("a").map((name) => [name, fs.readFileSync(fixture.path("a", name))] as const),
  );
  await log.trimTo(toOffset(40));
  await store.close();
  for (const [name, bytes] of before) {
    if (name.endsWith(".seg")) fs.writeFileSync(fixture.path("a", name), bytes);
  }
  const again = await fixture.store().open("a");
  expect(again).toMatchObject({ firstOffset: 40, nextOffset: 40, corruptions: [] });
  expect(await readAll(again)).toEqual([]);
  expect(await again.append({ count: 1, kind: 1, payload: Buffer.alloc(1) })).toMatchObject({
    firstOffset: 40,
  });
  await again.trimTo(toOffset(40));
  expect(fixture.names("a").filter((name) => name.endsWith(".seg"))).toHaveLength(1);
});

test("while the mark cannot be written no file goes, and the next call writes it", async () => {
  await using fixture = new LogFixture();
  const files = new FaultyFiles(() => 0.5);
  const store = fixture.store({ segmentMaxBytes: 14_000 }, files);
  const log = await store.open("a");
  await fill(log, 20);
  files.spaceBytes = 0;
  await expect(log.trimTo(toOffset(20))).rejects.toThrow("ENOSPC");
  expect(fixture.names("a")).toContain("00000000000000000000.seg");
  files.spaceBytes = Number.POSITIVE_INFINITY;
  await log.trimTo(toOffset(20));
  expect(fixture.names("a")).not.toContain("00000000000000000000.seg");
  await store.close();
  expect(await fixture.store().open("a")).toMatchObject({ firstOffset: 20, nextOffset: 40 });
});

test("appends and readers go on while the log is trimmed", async () => {
  await using fixture = new LogFixture();
  const log = await fixture.store({ segmentMaxBytes: 14_000 }).open("a");
  const appending = fill(log, 100);
  let read = 0;
  while (read < 200) {
    const batches = await log.read(toOffset(read), { maxBytes: 5000 });
    for (const batch of batches) {
      expect(batch.firstOffset).toBe(read);
      read = batch.firstOffset + batch.count;
    }
    await log.trimTo(toOffset(read));
    if (batches.length === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await appending;
  expect(log).toMatchObject({ firstOffset: 200, nextOffset: 200, corruptions: [] });
});
