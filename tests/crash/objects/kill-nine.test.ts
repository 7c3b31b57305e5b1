import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../../../packages/millrace/src/core/clock.ts";
import { ObjectStore } from "../../../packages/millrace/src/kernels/objects/index.ts";
import {
  bucketNamed,
  bytesOf,
  StoreFixture,
  seededRandom,
} from "../../../packages/millrace/src/kernels/objects/store-fixture.ts";
import { bytesOfContent, type Content, Ledger, testMaster } from "./ledger.ts";

const rounds = 15;
const writer = new URL("./writer.ts", import.meta.url).pathname;

function open(fixture: StoreFixture): Promise<ObjectStore> {
  const { dir, keys, logger: log } = fixture;
  return ObjectStore.open({ dir, sync: "full", clock: systemClock, log, master: testMaster(), keys });
}

/** Lets the writer work, kills it after so many lines, and notes what it had said. */
async function runAndKill(dir: string, seed: number, lines: number, ledger: Ledger): Promise<void> {
  const child = spawn(process.execPath, [writer, dir, String(seed)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  let said = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    const text = chunk.toString();
    output += text;
    said += text.split("\n").length - 1;
    if (said >= lines) child.kill("SIGKILL");
  });
  const [, signal] = await once(child, "close");
  expect(signal).toBe("SIGKILL");
  for (const line of output.split("\n").slice(0, -1)) ledger.read(JSON.parse(line));
}

async function contentIs(store: ObjectStore, key: string, content: Content | null): Promise<boolean> {
  const found = store.find("plain", key);
  if (content === null || found === undefined) return content === null && found === undefined;
  return (await bytesOf(store, found)).equals(bytesOfContent(content));
}

async function verifyCurrent(store: ObjectStore, ledger: Ledger): Promise<void> {
  for (const [key, { acknowledged, begun }] of ledger.current) {
    const isAcknowledged = await contentIs(store, key, acknowledged);
    const seen = isAcknowledged || begun === undefined ? acknowledged : begun;
    expect(isAcknowledged || (await contentIs(store, key, seen)), `${key}`).toBe(true);
    ledger.settle(key, seen);
  }
  const keys = store.list("plain", { limit: 1000 }).items.map((item) => item.key);
  expect(keys.filter((key) => !ledger.current.has(key))).toEqual([]);
}

async function verifyVersions(store: ObjectStore, ledger: Ledger): Promise<number> {
  let seen = 0;
  for (let page = store.listVersions("versioned", { limit: 100 }); ; ) {
    for (const version of page.items) {
      const bytes = await bytesOf(store, version);
      const promised = ledger.versions.get(version.key)?.get(version.versionId);
      const begun = [...ledger.begunVersions].find((content) =>
        bytesOfContent(JSON.parse(content)).equals(bytes),
      );
      expect(promised === undefined ? begun !== undefined : bytesOfContent(promised).equals(bytes)).toBe(
        true,
      );
      if (promised !== undefined) seen += 1;
      else ledger.versions.get(version.key)?.set(version.versionId, JSON.parse(begun ?? "[]"));
      if (promised === undefined) seen += ledger.versions.has(version.key) ? 1 : 0;
    }
    if (page.next === undefined) break;
    page = store.listVersions("versioned", {
      limit: 100,
      after: page.next,
      ...(page.nextVersionId !== undefined && { afterVersionId: page.nextVersionId }),
    });
  }
  let promised = 0;
  for (const versions of ledger.versions.values()) promised += versions.size;
  expect(seen).toBe(promised);
  return seen;
}

/** Parts that were acknowledged can still become an object. Ends all uploads. */
async function verifyUploads(store: ObjectStore, ledger: Ledger): Promise<number> {
  let completed = 0;
  for (const upload of store.listUploads("plain", { limit: 1000 }).items) {
    const promised = [...(ledger.parts.get(upload.id) ?? [])].sort(([a], [b]) => a - b);
    const there = store.parts(upload, { limit: 10 }).map(({ number }) => number);
    for (const [number] of promised) expect(there).toContain(number);
    if (promised.length === 0) {
      await store.abortUpload(upload);
      continue;
    }
    const version = await store.completeUpload(upload, { parts: promised.map(([number]) => number) });
    const content = promised.flatMap(([, part]) => part);
    expect((await bytesOf(store, version)).equals(bytesOfContent(content))).toBe(true);
    ledger.settle(upload.key, content);
    completed += 1;
  }
  return completed;
}

/** One file for each version that has bytes, and nothing else. */
function expectNoLeftovers(fixture: StoreFixture, store: ObjectStore, versions: number): void {
  const current = store.list("plain", { limit: 1000 }).items.length;
  const root = path.join(fixture.dir, "blobs");
  const files = fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile());
  expect(files).toHaveLength(current + versions);
}

test("kill -9 loses nothing that was acknowledged, shows nothing that is not whole, and leaves nothing", async () => {
  await using fixture = new StoreFixture();
  const first = await open(fixture);
  await first.createBucket(bucketNamed("plain"));
  await first.createBucket(bucketNamed("versioned", "enabled"));
  await first.close();
  const random = seededRandom(2026);
  const ledger = new Ledger();
  let uploads = 0;
  for (let round = 0; round < rounds; round++) {
    await runAndKill(fixture.dir, 1 + round * 1_000_000, Math.floor(20 + random() * 250), ledger);
    const store = await open(fixture);
    await verifyCurrent(store, ledger);
    await verifyVersions(store, ledger);
    uploads += await verifyUploads(store, ledger);
    await store.settled();
    expectNoLeftovers(fixture, store, store.listVersions("versioned", { limit: 1000 }).items.length);
    await store.close();
  }
  expect(ledger.acknowledgements).toBeGreaterThan(5 * rounds);
  expect(uploads).toBeGreaterThan(0);
});
