import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import fs from "node:fs";
import { expect, test } from "vitest";
import { LogCipherError } from "./errors.ts";
import { FaultyFiles } from "./faulty-files.ts";
import { LogFixture, payloadOf, readAll, seededRandom } from "./log-fixture.ts";
import { toOffset } from "./offset.ts";
import type { SegmentCipher } from "./segment-cipher.ts";
import { decodeSegmentHeader } from "./segment-header.ts";

/** A small key service: AES-GCM under keys by id, any of which can be disabled. */
class KeyRing implements SegmentCipher {
  readonly disabled = new Set<string>();
  readonly #keys = new Map<string, Buffer>();

  #key(keyId: string): Buffer {
    if (this.disabled.has(keyId)) throw new Error(`key ${keyId} is disabled`);
    const key = this.#keys.get(keyId) ?? randomBytes(32);
    this.#keys.set(keyId, key);
    return key;
  }

  async createDataKey(keyId: string) {
    const plaintext = randomBytes(32);
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#key(keyId), nonce);
    return {
      plaintext,
      wrapped: Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]),
    };
  }

  async openDataKey(keyId: string, wrapped: Uint8Array) {
    const decipher = createDecipheriv("aes-256-gcm", this.#key(keyId), wrapped.subarray(0, 12));
    decipher.setAuthTag(wrapped.subarray(-16));
    return Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()]);
  }
}

const secret = (i: number) => Buffer.from(`the secret number ${i} ${"x".repeat(i * 500)}`);

test("encrypted and plain batches live together; the file shows only the plain ones", async () => {
  await using fixture = new LogFixture();
  const cipher = new KeyRing();
  const store = fixture.store({ cipher });
  const log = await store.open("a");
  await log.append({ count: 1, kind: 1, payload: Buffer.from("open to all") });
  const appends = [0, 5, 10].map((i) =>
    log.append({ count: 1, kind: 1, payload: [secret(i), Buffer.from("!")], encryption: { keyId: "k1" } }),
  );
  await Promise.all(appends);
  await log.append({ count: 1, kind: 1, payload: Buffer.from("open again") });
  const expected = ["open to all", ...[0, 5, 10].map((i) => `${secret(i)}!`), "open again"];
  expect((await readAll(log)).map((batch) => batch.payload.toString())).toEqual(expected);
  await store.close();
  const bytes = fixture
    .names("a")
    .map((name) => fs.readFileSync(fixture.path("a", name)).toString("latin1"))
    .join();
  expect(bytes).toContain("open again");
  expect(bytes).not.toContain("the secret number");
  const again = await fixture.store({ cipher }).open("a");
  expect((await readAll(again)).map((batch) => batch.payload.toString())).toEqual(expected);
});

test("another key begins another segment, and each is read with its own", async () => {
  await using fixture = new LogFixture();
  const cipher = new KeyRing();
  const store = fixture.store({ cipher });
  const log = await store.open("a");
  for (let i = 0; i < 9; i++) {
    await log.append({
      count: 1,
      kind: 1,
      payload: secret(i),
      encryption: { keyId: `k${Math.floor(i / 3)}` },
    });
  }
  expect(log.info.segments).toBe(3);
  await store.close();
  cipher.disabled.add("k1");
  const again = await fixture.store({ cipher }).open("a");
  expect((await again.read(toOffset(0), { maxBytes: 1 }))[0]?.payload).toEqual(secret(0));
  await expect(again.read(toOffset(4), { maxBytes: 1 })).rejects.toThrow(LogCipherError);
  expect((await again.read(toOffset(7), { maxBytes: 1 }))[0]?.payload).toEqual(secret(7));
  cipher.disabled.clear();
  expect(await readAll(again)).toHaveLength(9);
});

test("a key that cannot be had refuses the append and leaves the log in order", async () => {
  await using fixture = new LogFixture();
  const cipher = new KeyRing();
  const log = await fixture.store({ cipher }).open("a");
  cipher.disabled.add("k1");
  const refused = log.append({ count: 5, kind: 1, payload: secret(1), encryption: { keyId: "k1" } });
  await expect(refused).rejects.toMatchObject({ name: "LogCipherError", retryable: true });
  expect(log.nextOffset).toBe(0);
  await log.append({ count: 1, kind: 1, payload: Buffer.from("plain") });
  cipher.disabled.clear();
  await log.append({ count: 1, kind: 1, payload: secret(2), encryption: { keyId: "k1" } });
  expect((await readAll(log)).map((batch) => batch.payload.length)).toEqual([5, secret(2).length]);
  const bare = await fixture
    .store()
    .open("b")
    .catch((error) => error);
  expect(bare).toMatchObject({ code: "ELOCKED" });
});

test("a key service that answers nonsense refuses appends and harms nothing", async () => {
  await using fixture = new LogFixture();
  const answers = [
    { plaintext: Buffer.alloc(16), wrapped: Buffer.alloc(10) },
    { plaintext: Buffer.alloc(32), wrapped: Buffer.alloc(5000) },
  ];
  const createDataKey = async () =>
    answers.shift() ?? { plaintext: Buffer.alloc(32), wrapped: Buffer.alloc(10) };
  const cipher = { createDataKey, openDataKey: async () => Buffer.alloc(32) };
  const log = await fixture.store({ cipher }).open("a");
  const append = () => log.append({ count: 1, kind: 1, payload: secret(1), encryption: { keyId: "k" } });
  await expect(append()).rejects.toThrow(LogCipherError);
  await expect(append()).rejects.toThrow(LogCipherError);
  await expect(append()).resolves.toMatchObject({ firstOffset: 0 });
});

test("without a cipher an encrypted append is refused", async () => {
  await using fixture = new LogFixture();
  const log = await fixture.store().open("a");
  const refused = log.append({ count: 1, kind: 1, payload: secret(1), encryption: { keyId: "k1" } });
  await expect(refused).rejects.toThrow(LogCipherError);
});

test("no data key meets the same offset twice: after a failed write or a restart a new one is made", async () => {
  await using fixture = new LogFixture();
  const cipher = new KeyRing();
  const files = new FaultyFiles(seededRandom(3));
  const store = fixture.store({ cipher }, files);
  const log = await store.open("a");
  const append = (i: number) =>
    log.append({ count: 1, kind: 1, payload: payloadOf(i, 9000), encryption: { keyId: "k1" } });
  await append(0);
  files.spaceBytes = 5000;
  await expect(append(1)).rejects.toMatchObject({ code: "ENOSPC" });
  files.spaceBytes = Number.POSITIVE_INFINITY;
  await append(2);
  await store.close();
  const again = await fixture.store({ cipher }).open("a");
  await again.append({ count: 1, kind: 1, payload: payloadOf(3, 9000), encryption: { keyId: "k1" } });
  const segments = fixture.names("a").filter((name) => name.endsWith(".seg"));
  const keys = segments.map(
    (name) => decodeSegmentHeader(fs.readFileSync(fixture.path("a", name)))?.cipher?.wrappedKey,
  );
  expect(new Set(keys).size).toBe(3);
  const payloads = (await readAll(again)).map((batch) => batch.payload);
  expect(payloads).toEqual([0, 2, 3].map((i) => payloadOf(i, 9000)));
});
