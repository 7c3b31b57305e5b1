import fs from "node:fs";
import { expect, test } from "vitest";
import { CorruptionError } from "./errors.ts";
import { writeFrameHeader } from "./frame.ts";
import { LogFixture, payloadOf, readAll } from "./log-fixture.ts";
import { toOffset } from "./offset.ts";
import { segmentName } from "./segment.ts";
import { segmentHeaderBytes } from "./segment-header.ts";

const firstSegment = segmentName(toOffset(0));
const frameBytes = 34 + 1000;
const frameHeader = {
  firstOffset: 1000,
  count: 1,
  kind: 1,
  flags: 0,
  encrypted: false,
  appendTimeMs: 0,
  maxTimeMs: 0,
};

/** A log "a" of `batches` batches of 1000 bytes, closed, without its index: as after a crash. */
async function crashedLog(fixture: LogFixture, batches: number, segmentMaxBytes = 1e6): Promise<void> {
  const store = fixture.store({ segmentMaxBytes });
  const log = await store.open("a");
  for (let i = 0; i < batches; i++) await log.append({ count: 2, kind: 1, payload: payloadOf(i, 1000) });
  await store.close();
  for (const name of fixture.names("a")) {
    if (name.endsWith(".idx")) fs.rmSync(fixture.path("a", name));
  }
}

function damage(fixture: LogFixture, name: string, position: number, bytes: Buffer): void {
  const fd = fs.openSync(fixture.path("a", name), "r+");
  fs.writeSync(fd, bytes, 0, bytes.length, position);
  fs.closeSync(fd);
}

async function surviving(fixture: LogFixture) {
  const store = fixture.store({ segmentMaxBytes: 1e6 });
  const log = await store.open("a");
  const batches = await readAll(log);
  for (const batch of batches)
    expect(batch.payload.equals(payloadOf(batch.firstOffset / 2, 1000))).toBe(true);
  return { store, log, offsets: batches.map((batch) => batch.firstOffset) };
}

test("a torn last frame is cut, and its offsets are given again", async () => {
  await using fixture = new LogFixture();
  await crashedLog(fixture, 5);
  damage(fixture, firstSegment, segmentHeaderBytes + 4 * frameBytes + 700, Buffer.alloc(334));
  const { log, offsets } = await surviving(fixture);
  expect(offsets).toEqual([0, 2, 4, 6]);
  expect(log.corruptions).toEqual([]);
  expect(fixture.logged).toHaveLength(1);
  expect(await log.append({ count: 2, kind: 1, payload: payloadOf(4, 1000) })).toMatchObject({
    firstOffset: 8,
  });
  expect(await readAll(log)).toHaveLength(5);
});

test("damage before good frames is set aside: readers see a gap, no offset is given twice", async () => {
  await using fixture = new LogFixture();
  await crashedLog(fixture, 6);
  const position = segmentHeaderBytes + 2 * frameBytes;
  const before = fs
    .readFileSync(fixture.path("a", firstSegment))
    .subarray(position, position + 2 * frameBytes);
  damage(fixture, firstSegment, position + 5, Buffer.from([1, 2, 3]));
  damage(fixture, firstSegment, position + frameBytes + 900, Buffer.from([1, 2, 3]));
  for (let opening = 0; opening < 2; opening++) {
    const { store, log, offsets } = await surviving(fixture);
    expect(offsets).toEqual([0, 2, 8, 10]);
    expect(log.nextOffset).toBe(12);
    expect(log.corruptions).toHaveLength(1);
    expect(log.corruptions[0]).toMatchObject({ segment: firstSegment, position, firstOffset: 4, count: 4 });
    const copy = fs.readFileSync(log.corruptions[0]?.file ?? "");
    expect(copy.length).toBe(before.length);
    expect(copy.subarray(20, 900).equals(before.subarray(20, 900))).toBe(true);
    expect((await log.read(toOffset(5), { maxBytes: 0 }))[0]?.firstOffset).toBe(8);
    await store.close();
  }
});

test("a payload that imitates a frame is not taken for one", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store();
  const log = await store.open("a");
  await log.append({ count: 2, kind: 1, payload: payloadOf(0, 1000) });
  await store.close();
  const file = fs.readFileSync(fixture.path("a", firstSegment));
  // The frame that the log itself would write next, but for the segment's secret salt.
  const forged = Buffer.from(file.subarray(segmentHeaderBytes, segmentHeaderBytes + frameBytes));
  forged.writeUInt32BE(500, 12);
  const next = fixture.store();
  await (await next.open("a")).append({
    count: 2,
    kind: 1,
    payload: Buffer.concat([forged, forged, payloadOf(1, 500)]),
  });
  await next.close();
  fs.rmSync(fixture.path("a", firstSegment.replace(".seg", ".idx")));
  damage(fixture, firstSegment, segmentHeaderBytes + frameBytes + 40, Buffer.from([9]));
  const { log: recovered, offsets } = await surviving(fixture);
  expect(offsets).toEqual([0]);
  expect(recovered.corruptions).toEqual([]);
});

test("damage in a sealed segment is met by its reader, set aside, and then a gap", async () => {
  await using fixture = new LogFixture();
  await crashedLog(fixture, 30, 12_000);
  // Reading it all builds the indexes again.
  await (await surviving(fixture)).store.close();
  const position = segmentHeaderBytes + 3 * frameBytes;
  damage(fixture, firstSegment, position + 500, Buffer.from([1, 2, 3]));
  const store = fixture.store();
  const log = await store.open("a");
  expect((await log.read(toOffset(0), { maxBytes: 1e6 })).map((batch) => batch.firstOffset)).toEqual([
    0, 2, 4,
  ]);
  await expect(log.read(toOffset(6), { maxBytes: 1e6 })).rejects.toThrow(CorruptionError);
  const all = Array.from({ length: 30 }, (_, i) => 2 * i);
  const left = all.filter((offset) => offset !== 6);
  expect((await readAll(log)).map((batch) => batch.firstOffset)).toEqual(left);
  expect(log.corruptions).toMatchObject([{ segment: firstSegment, position, firstOffset: 6, count: 2 }]);
  await store.close();
  const again = await surviving(fixture);
  expect(again.offsets).toEqual(left);
  expect(again.log.corruptions).toHaveLength(1);
});

test("damage at the very end of a sealed segment is a gap up to the next one", async () => {
  await using fixture = new LogFixture();
  await crashedLog(fixture, 30, 12_000);
  const size = fs.statSync(fixture.path("a", firstSegment)).size;
  damage(fixture, firstSegment, size - 64 - 10, Buffer.alloc(10));
  const store = fixture.store();
  const log = await store.open("a");
  const second = Number((fixture.names("a").filter((name) => name.endsWith(".seg"))[1] ?? "").slice(0, 20));
  await expect(log.read(toOffset(second - 2), { maxBytes: 1 })).rejects.toThrow(CorruptionError);
  expect((await log.read(toOffset(second - 2), { maxBytes: 1 }))[0]?.firstOffset).toBe(second);
  expect(await readAll(log)).toHaveLength(29);
  expect(log.corruptions).toMatchObject([{ firstOffset: second - 2, count: 2 }]);
});

test("a trim that meets damage sets it aside and is done the next time", async () => {
  await using fixture = new LogFixture();
  await crashedLog(fixture, 30, 12_000);
  await (await surviving(fixture)).store.close();
  damage(fixture, firstSegment, segmentHeaderBytes + 100, Buffer.from([1, 2, 3]));
  const log = await fixture.store({ retention: { maxAgeMs: 1000 } }).open("a");
  await expect(log.trim()).rejects.toThrow(CorruptionError);
  expect(log.corruptions).toMatchObject([{ firstOffset: 0, count: 2 }]);
  await log.trim();
  expect(log.firstOffset).toBe(0);
  fixture.clock.advance(2000);
  await log.trim();
  expect(log).toMatchObject({ firstOffset: 60, nextOffset: 60, corruptions: [] });
});

test("damage in the segment being written is set aside without stopping appends", async () => {
  await using fixture = new LogFixture();
  await crashedLog(fixture, 8);
  await (await fixture.store().open("a")).close();
  await using other = new LogFixture();
  fs.cpSync(fixture.path("a"), other.path("a"), { recursive: true });
  const log = await other.store().open("a");
  damage(other, firstSegment, segmentHeaderBytes + 7 * frameBytes + 50, Buffer.from([1, 2, 3]));
  await log.append({ count: 2, kind: 1, payload: payloadOf(8, 1000) });
  await expect(log.read(toOffset(14), { maxBytes: 1 })).rejects.toThrow(CorruptionError);
  await log.append({ count: 2, kind: 1, payload: payloadOf(9, 1000) });
  const offsets = (await readAll(log)).map((batch) => batch.firstOffset);
  expect(offsets).toEqual([0, 2, 4, 6, 8, 10, 12, 16, 18]);
});

test("indexes that are missing, cut or garbage are built again", async () => {
  await using fixture = new LogFixture();
  await crashedLog(fixture, 40, 12_000);
  const indexOf = (name: string) => fixture.path("a", name.replace(".seg", ".idx"));
  const segments = fixture.names("a").filter((name) => name.endsWith(".seg"));
  expect(segments.length).toBeGreaterThan(4);
  fs.writeFileSync(indexOf(segments[0] ?? ""), Buffer.alloc(0));
  fs.writeFileSync(indexOf(segments[1] ?? ""), payloadOf(1, 500));
  const { store, log, offsets } = await surviving(fixture);
  expect(offsets).toEqual(Array.from({ length: 40 }, (_, i) => 2 * i));
  expect(log.corruptions).toEqual([]);
  await store.close();
  const good = fs.readFileSync(indexOf(segments[2] ?? ""));
  fs.writeFileSync(indexOf(segments[2] ?? ""), good.subarray(0, -1));
  // The index of another segment, whole in itself.
  fs.writeFileSync(indexOf(segments[3] ?? ""), good);
  expect((await surviving(fixture)).offsets).toHaveLength(40);
});

test("one damaged copy of a segment's header does no harm, two lose the segment and are reported", async () => {
  await using fixture = new LogFixture();
  await crashedLog(fixture, 30, 12_000);
  damage(fixture, firstSegment, 20, Buffer.alloc(100));
  const first = await surviving(fixture);
  expect(first.offsets).toHaveLength(30);
  await first.store.close();
  damage(fixture, firstSegment, 2048 + 20, Buffer.alloc(100));
  const { log, offsets } = await surviving(fixture);
  const secondOffset = offsets[0] ?? 0;
  expect(secondOffset).toBeGreaterThan(0);
  expect(log.corruptions).toMatchObject([
    { segment: firstSegment, position: 0, firstOffset: 0, count: secondOffset },
  ]);
  expect(log.nextOffset).toBe(60);
});

test("a segment that vanished is reported and is a gap", async () => {
  await using fixture = new LogFixture();
  await crashedLog(fixture, 30, 12_000);
  const [, second = "", third = ""] = fixture.names("a").filter((name) => name.endsWith(".seg"));
  fs.rmSync(fixture.path("a", second));
  const lost = Number(third.slice(0, 20)) - Number(second.slice(0, 20));
  for (let opening = 0; opening < 2; opening++) {
    const { store, log, offsets } = await surviving(fixture);
    expect(offsets).toHaveLength(30 - lost / 2);
    expect(log.corruptions).toMatchObject([{ firstOffset: Number(second.slice(0, 20)), count: lost }]);
    await store.close();
  }
});

test("a file that lost synced bytes is reported, and the lost offsets are not given again", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store();
  const log = await store.open("a");
  for (let i = 0; i < 5; i++) await log.append({ count: 2, kind: 1, payload: payloadOf(i, 1000) });
  await store.close();
  fs.truncateSync(fixture.path("a", firstSegment), segmentHeaderBytes + 3 * frameBytes + 10);
  const { log: recovered, offsets } = await surviving(fixture);
  expect(offsets).toEqual([0, 2, 4]);
  expect(recovered.corruptions).toMatchObject([{ firstOffset: 6, count: 4 }]);
  expect(await recovered.append({ count: 2, kind: 1, payload: payloadOf(5, 1000) })).toMatchObject({
    firstOffset: 10,
  });
  expect((await readAll(recovered)).map((batch) => batch.firstOffset)).toEqual([0, 2, 4, 10]);
});

test("a torn write full of imitated frames costs bounded work, and its bytes are kept aside", async () => {
  await using fixture = new LogFixture();
  await crashedLog(fixture, 2);
  const imitation = Buffer.alloc(34);
  writeFrameHeader(imitation, 0, { ...frameHeader, appendTimeMs: 2 ** 47 }, 4 * 1024 * 1024);
  const torn = Buffer.alloc(34 + 8 * 1024 * 1024);
  writeFrameHeader(torn, 0, { ...frameHeader, firstOffset: 4 }, torn.length);
  torn.fill(imitation, 34);
  damage(fixture, firstSegment, segmentHeaderBytes + 2 * frameBytes, torn);
  const { log, offsets } = await surviving(fixture);
  expect(offsets).toEqual([0, 2]);
  expect(log.corruptions).toMatchObject([{ segment: firstSegment, firstOffset: 4, count: 0 }]);
  expect(fs.statSync(log.corruptions[0]?.file ?? "").size).toBe(torn.length);
  expect(await log.append({ count: 2, kind: 1, payload: payloadOf(2, 1000) })).toMatchObject({
    firstOffset: 4,
  });
});

test("leftovers of an interrupted run are cleared away", async () => {
  await using fixture = new LogFixture();
  await crashedLog(fixture, 3);
  fs.writeFileSync(fixture.path("a", "state.json.tmp"), "{");
  fs.writeFileSync(fixture.path("a", "00000000000000000099.idx"), "no segment");
  fs.writeFileSync(fixture.path("a", segmentName(toOffset(6))), Buffer.alloc(100));
  const { offsets } = await surviving(fixture);
  expect(offsets).toEqual([0, 2, 4]);
  expect(fixture.names("a")).toEqual([firstSegment.replace(".seg", ".idx"), firstSegment, "state.json"]);
});

test("a state that is not one is refused; without one the segments tell", async () => {
  await using fixture = new LogFixture();
  await crashedLog(fixture, 3);
  const path = fixture.path("a", "state.json");
  for (const bad of [
    "",
    "{}",
    "[1",
    '{"version":1,"id":"a","createdMs":0,"sealed":false,"firstOffset":5,"nextOffset":2,"lastAppendTimeMs":0}',
  ]) {
    fs.writeFileSync(path, bad);
    const store = fixture.store();
    await expect(store.open("a")).rejects.toThrow(CorruptionError);
    await store.close();
  }
  fs.rmSync(path);
  expect((await surviving(fixture)).offsets).toEqual([0, 2, 4]);
});
