import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { PutRecordCommand } from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSnapshot, saveSnapshot } from "../../packages/millrace/src/server/snapshot/index.ts";
import { createStream, kinesisClient, recordsByShard, textOf } from "../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { SnapshotWorld } from "../fixtures/snapshot-world.ts";

let folder: string;
let first: MillraceProcess;
let world: SnapshotWorld;
let file: string;
let seen: object;

async function save(millrace: MillraceProcess, to: string): Promise<void> {
  const response = await fetch(`${millrace.url}/_millrace/snapshot`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/zstd");
  await pipeline(Readable.fromWeb(response.body as never), createWriteStream(to));
}

async function load(millrace: MillraceProcess, from: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${millrace.url}/_millrace/snapshot`, {
    method: "PUT",
    body: Readable.toWeb(createReadStream(from)) as never,
    duplex: "half",
  } as RequestInit);
  const answer = (await response.json()) as Record<string, unknown>;
  expect(response.status, JSON.stringify(answer)).toBe(200);
  return answer;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-snapshots-"));
  file = join(folder, "world.tar.zst");
  first = await MillraceProcess.start({ dataFolder: join(folder, "first") });
  world = new SnapshotWorld(first);
  await world.build();
  seen = await world.look();
  await save(first, file);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await first?.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe("a snapshot", () => {
  it("leaves the Millrace that was saved as it was", async () => {
    expect(await world.look()).toEqual(seen);
  });

  it("loads into another Millrace, in another directory, and its work goes on", async () => {
    const second = await MillraceProcess.start({ dataFolder: join(folder, "second") });
    await using there = new SnapshotWorld(second).take(world);
    try {
      expect(await load(second, file)).toMatchObject({
        manifest: { format: "millrace-snapshot", formatVersion: 1, account: "000000000000" },
        notes: [],
      });
      expect(await there.look()).toEqual(seen);
      await there.finish();
      await second.kill();
      await second.start();
      expect(await there.look()).toMatchObject({ users: [["ann", expect.any(String)]] });
    } finally {
      await second.dispose();
    }
  });

  it("replaces everything that has come since, also with work under way", async () => {
    await world.change();
    expect(await world.look()).not.toEqual(seen);
    await load(first, file);
    expect(await world.look()).toEqual(seen);
    await first.kill();
    await first.start();
    expect(await world.look()).toEqual(seen);
    await world.finish();
  });

  it("is saved and loaded beside a Millrace that does not run, and not beside one that does", async () => {
    const [directory, offline] = [join(folder, "third"), join(folder, "offline.tar.zst")];
    const third = await MillraceProcess.start({ dataFolder: directory });
    await using there = new SnapshotWorld(third).take(world);
    try {
      await expect(loadSnapshot(directory, file)).rejects.toThrow(`${directory} is in use`);
      await expect(saveSnapshot(directory, offline)).rejects.toThrow(`${directory} is in use`);
      await third.terminate();
      const { manifest } = await loadSnapshot(directory, file);
      expect(manifest.files).toBeGreaterThan(10);
      await third.start();
      expect(await there.look()).toEqual(seen);
      await third.kill();
      expect((await saveSnapshot(directory, offline)).masterKey.kind).toBe("included");
      await rm(directory, { recursive: true });
      await loadSnapshot(directory, offline);
      await third.start();
      expect(await there.look()).toEqual(seen);
      await there.finish();
    } finally {
      await third.dispose();
    }
  });
});

describe("while a snapshot is saved or loaded", () => {
  it("clients wait, and lose nothing that was acknowledged", async () => {
    const millrace = await MillraceProcess.start({ dataFolder: join(folder, "busy") });
    const busy = join(folder, "busy.tar.zst");
    const client = kinesisClient(millrace.url, { maxAttempts: 1 });
    try {
      await createStream(client, "busy", 2);
      const writer = new Writer(client);
      await writer.until(50);
      const before = [...writer.acknowledged];
      await save(millrace, busy);
      await writer.until(writer.acknowledged.length + 50);
      await load(millrace, busy);
      const loaded = writer.acknowledged.length;
      await writer.until(loaded + 50);
      await writer.stop();
      const kept = new Set(
        [...(await recordsByShard(client, "busy")).values()].flatMap((records) => records.map(textOf)),
      );
      for (const text of before) expect(kept.has(text), text).toBe(true);
      // Those that were sent after the answer to the load.
      for (const text of writer.acknowledged.slice(loaded + 4)) expect(kept.has(text), text).toBe(true);
      expect(kept.size).toBeLessThan(writer.acknowledged.length);
    } finally {
      client.destroy();
      await millrace.dispose();
    }
  });
});

/** Puts records one after the other on four connections; a failure fails the test. */
class Writer {
  readonly acknowledged: string[] = [];
  readonly #work: Promise<void>[];
  #isStopped = false;
  #next = 0;

  constructor(client: ReturnType<typeof kinesisClient>) {
    this.#work = Array.from({ length: 4 }, async () => {
      while (!this.#isStopped) {
        const text = `record ${this.#next++}`;
        await client.send(
          new PutRecordCommand({ StreamName: "busy", PartitionKey: text, Data: Buffer.from(text) }),
        );
        this.acknowledged.push(text);
      }
    });
  }

  async until(count: number): Promise<void> {
    while (this.acknowledged.length < count)
      await Promise.race([...this.#work, new Promise((resolve) => setImmediate(resolve))]);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#work);
  }
}
