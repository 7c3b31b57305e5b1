import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { chunkBytes, storedChunkBytes } from "./chunk-cipher.ts";
import { DamagedObjectError, WrongCustomerKeyError } from "./errors.ts";
import type { ObjectStore } from "./object-store.ts";
import type { Encryption, ObjectVersion } from "./object-version.ts";
import { bytesFrom, bytesOf, plain, StoreFixture, seededRandom, simply } from "./store-fixture.ts";

const customerKey = bytesFrom(77, 32);
const keyMd5 = createHash("md5").update(customerKey).digest("base64");
const service: Encryption = { kind: "service" };
const kms: Encryption = { kind: "kms", keyId: "k1", context: { purpose: "test" }, bucketKey: false };
const customer: Encryption = { kind: "customer", keyMd5 };

async function* inChunks(bytes: Buffer, random: () => number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + Math.floor(random() * 100_000);
    yield bytes.subarray(at, end);
    at = end;
  }
}

/** Where an encrypted version lies, for tests that harm it. */
function fileOf(fixture: StoreFixture, version: ObjectVersion): string {
  return path.join(fixture.dir, "blobs", version.location?.blob.split(":")[1] ?? "");
}

function put(store: ObjectStore, key: string, bytes: Buffer, encryption: Encryption = service) {
  return store.put("b", key, bytes, { ...simply, encryption, customerKey });
}

test.each([service, kms, customer])(
  "what is written comes back, and does not lie on disk ($kind)",
  async (encryption) => {
    await using fixture = new StoreFixture();
    const store = await fixture.openWithBucket();
    const random = seededRandom(5);
    for (const size of [0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes, 700_001]) {
      const bytes = bytesFrom(size, size);
      const options = { ...simply, encryption, customerKey };
      const version = await store.put("b", "k", inChunks(bytes, random), options);
      expect(version).toMatchObject({ size, encryption });
      expect(version.etag).toBe(createHash("md5").update(bytes).digest("hex"));
      expect((await bytesOf(store, version, { customerKey })).equals(bytes)).toBe(true);
      expect(store.path(version)).toBeUndefined();
      if (size > 16)
        expect(fs.readFileSync(fileOf(fixture, version)).includes(bytes.subarray(0, 16))).toBe(false);
    }
    expect(JSON.stringify(store.find("b", "k"))).not.toContain(customerKey.toString("base64"));
  },
);

test.each([service, kms, customer])("the longest key can be encrypted ($kind)", async (encryption) => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const version = await put(store, "ü".repeat(512), bytesFrom(1, 100), encryption);
  expect(await bytesOf(store, version, { customerKey })).toEqual(bytesFrom(1, 100));
});

test("every range around the borders of chunks and parts comes back", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const sizes = [2 * chunkBytes, chunkBytes + 5, 3, 0, chunkBytes];
  const parts = sizes.map((size, i) => bytesFrom(i, size));
  const upload = await store.startUpload("b", "k", {
    attributes: plain,
    checksum: undefined,
    encryption: service,
  });
  for (const [i, part] of parts.entries()) await store.putPart(upload, i + 1, part, { digests: [] });
  const inParts = await store.completeUpload(upload, { parts: sizes.map((_, i) => i + 1) });
  const whole = Buffer.concat(parts);
  const atOnce = await put(store, "once", whole);
  const borders = [
    0,
    chunkBytes,
    2 * chunkBytes,
    3 * chunkBytes,
    3 * chunkBytes + 5,
    3 * chunkBytes + 8,
    whole.length,
  ];
  const places = borders.flatMap((border) => [border - 1, border, border + 1]);
  for (const start of places) {
    for (const end of places) {
      if (start < 0 || start > end || end > whole.length) continue;
      for (const version of [inParts, atOnce]) {
        const read = await bytesOf(store, version, { range: { start, end } });
        expect(read.equals(whole.subarray(start, end)), `${start} to ${end}`).toBe(true);
      }
    }
  }
});

test("bytes that were changed, cut or moved are an error, never data", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const bytes = bytesFrom(1, 3 * chunkBytes + 100);
  const version = await put(store, "k", bytes);
  const file = fileOf(fixture, version);
  const stored = fs.readFileSync(file);
  const chunk = (i: number): Buffer => stored.subarray(i * storedChunkBytes, (i + 1) * storedChunkBytes);
  const flipped = (at: number): Buffer => {
    const copy = Buffer.from(stored);
    copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
    return copy;
  };
  const harmed = {
    "first byte": flipped(0),
    "a tag": flipped(storedChunkBytes - 1),
    "last byte": flipped(stored.length - 1),
    "cut inside": stored.subarray(0, stored.length - 1),
    "cut at a chunk": stored.subarray(0, 3 * storedChunkBytes),
    empty: Buffer.alloc(0),
    swapped: Buffer.concat([chunk(1), chunk(0), chunk(2), chunk(3)]),
    repeated: Buffer.concat([chunk(0), chunk(0), chunk(2), chunk(3)]),
  };
  for (const [what, content] of Object.entries(harmed)) {
    fs.writeFileSync(file, content);
    await expect(bytesOf(store, version), what).rejects.toThrow(DamagedObjectError);
  }
  const other = await put(store, "other", bytes);
  fs.copyFileSync(fileOf(fixture, other), file);
  await expect(bytesOf(store, version)).rejects.toThrow(DamagedObjectError);
  fs.writeFileSync(file, stored);
  expect((await bytesOf(store, version)).equals(bytes)).toBe(true);
});

test("an object cannot be cut to a prefix of its chunks by whoever can change the metadata's size alone", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const version = await put(store, "k", bytesFrom(1, 2 * chunkBytes));
  await expect(bytesOf(store, { ...version, size: chunkBytes })).rejects.toThrow(DamagedObjectError);
});

test("the client's key is needed, and must be the same", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const version = await put(store, "k", bytesFrom(1, 100), customer);
  await expect(bytesOf(store, version)).rejects.toThrow(WrongCustomerKeyError);
  await expect(bytesOf(store, version, { customerKey: Buffer.alloc(32) })).rejects.toThrow(
    WrongCustomerKeyError,
  );
  // A forged hash gets no further than the tag.
  const forged = Buffer.alloc(32);
  const lie = {
    ...version,
    encryption: { kind: "customer", keyMd5: createHash("md5").update(forged).digest("base64") },
  } as const;
  await expect(bytesOf(store, lie, { customerKey: forged })).rejects.toThrow(DamagedObjectError);
});

test("what the key service throws goes through, to writers and readers", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const version = await put(store, "k", bytesFrom(1, 100), kms);
  fixture.keys.failure = new Error("the key is disabled");
  await expect(bytesOf(store, version)).rejects.toBe(fixture.keys.failure);
  await expect(put(store, "l", bytesFrom(1, 100), kms)).rejects.toBe(fixture.keys.failure);
  fixture.keys.failure = undefined;
  expect(await bytesOf(store, version)).toEqual(bytesFrom(1, 100));
});

test("a data key is bound to its object and to the master key", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const [one, two] = [await put(store, "1", bytesFrom(1, 100)), await put(store, "2", bytesFrom(2, 100))];
  await expect(bytesOf(store, { ...two, location: one.location })).rejects.toThrow(DamagedObjectError);
});
