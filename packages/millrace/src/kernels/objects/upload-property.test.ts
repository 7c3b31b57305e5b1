import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { ObjectStore } from "./object-store.ts";
import type { Encryption } from "./object-version.ts";
import { bytesFrom, bytesOf, plain, StoreFixture, seededRandom } from "./store-fixture.ts";
import type { Upload } from "./store-options.ts";

const mebibyte = 1024 * 1024;

interface KnownPart {
  readonly bytes: Buffer;
  readonly size: number;
}

/** Uploads random parts, some at the same time, some again, some that fail, with a restart now and then. */
async function run(fixture: StoreFixture, seed: number, encryption: Encryption): Promise<void> {
  const random = seededRandom(seed);
  let store = await fixture.openWithBucket();
  const upload = await store.startUpload("b", "k", { attributes: plain, checksum: undefined, encryption });
  const known = new Map<number, KnownPart>();
  const usual = 5 * mebibyte;
  for (let round = 0; round < 3; round++) {
    const numbers = new Set(Array.from({ length: 3 }, () => 1 + Math.floor(random() * 4)));
    await Promise.all(
      [...numbers].map((number) => putOne(store, upload, known, number, sizeOf(random, usual), random)),
    );
    if (random() < 0.4) {
      await store.close();
      store = await fixture.open();
    }
    const parts = store.parts(upload, { limit: 100 }).map(({ number, size }) => [number, size]);
    expect(parts).toEqual([...known].sort(([a], [b]) => a - b).map(([number, { size }]) => [number, size]));
  }
  const listed = [...known.keys()].sort((a, b) => a - b).filter(() => random() < 0.8);
  if (listed.length === 0) return void (await store.abortUpload(upload));
  if (random() < 0.5) await refuseOnce(store, upload, listed);
  const version = await store.completeUpload(upload, { parts: listed });
  const bodies = listed.map((number) => known.get(number)?.bytes ?? Buffer.alloc(0));
  const md5s = Buffer.concat(bodies.map((body) => createHash("md5").update(body).digest()));
  expect(version.etag).toBe(`${createHash("md5").update(md5s).digest("hex")}-${listed.length}`);
  expect((await bytesOf(store, version)).equals(Buffer.concat(bodies)), `seed ${seed}`).toBe(true);
  expect(version.parts?.map(({ number }) => number)).toEqual(listed);
  await store.settled();
  expect(fixture.blobs()).toHaveLength(1);
}

function sizeOf(random: () => number, usual: number): number {
  return random() < 0.7 ? usual : Math.floor(random() * 1.2 * usual);
}

async function putOne(
  store: ObjectStore,
  upload: Upload,
  known: Map<number, KnownPart>,
  number: number,
  size: number,
  random: () => number,
): Promise<void> {
  const bytes = bytesFrom(Math.floor(random() * 1e9), size);
  const fails = random() < 0.2;
  const error = new Error("cut");
  const body = (async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 300_000) yield bytes.subarray(at, at + 300_000);
    if (fails) throw error;
  })();
  const options = { digests: [], ...(random() < 0.8 && { declaredBytes: size }) };
  const putting = store.putPart(upload, number, body, options);
  if (fails) return void (await expect(putting).rejects.toBe(error));
  await putting;
  known.set(number, { bytes, size });
}

/** An upload whose completion was refused at the last moment is as it was. */
async function refuseOnce(store: ObjectStore, upload: Upload, parts: readonly number[]): Promise<void> {
  const check = (): never => {
    throw new Error("refused");
  };
  await expect(store.completeUpload(upload, { parts, check })).rejects.toThrow("refused");
}

test.each(Array.from({ length: 12 }, (_, i) => i + 1))(
  "parts become the object that they were (seed %i)",
  async (seed) => {
    await using fixture = new StoreFixture();
    await run(fixture, seed, seed % 3 === 0 ? { kind: "service" } : { kind: "none" });
  },
);
