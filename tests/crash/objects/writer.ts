/*
 * Run as `node writer.ts <directory> <seed>` by kill-nine.test.ts: changes objects as fast as it can. It says on
 * a line of its own what it begins, and another one when that was acknowledged (see ledger.ts).
 */
import { writeSync } from "node:fs";
import { systemClock } from "../../../packages/millrace/src/core/clock.ts";
import { silentLogger } from "../../../packages/millrace/src/core/logger.ts";
import { type Encryption, ObjectStore } from "../../../packages/millrace/src/kernels/objects/index.ts";
import {
  plain,
  seededRandom,
  simply,
  TestKeys,
} from "../../../packages/millrace/src/kernels/objects/store-fixture.ts";
import type { Line } from "./ledger.ts";
import { quickBytes, testMaster } from "./ledger.ts";

const [dir = "", seedText = "0"] = process.argv.slice(2);
const firstSeed = Number(seedText);
const random = seededRandom(firstSeed);
const mebibyte = 1024 * 1024;
const store = await ObjectStore.open({
  ...{ dir, sync: "full", clock: systemClock, log: silentLogger, master: testMaster(), keys: new TestKeys() },
});
let nextSeed = firstSeed;

// A synchronous write: what was acknowledged here is in the pipe before the next line runs.
const say = (line: Line): void => void writeSync(1, `${JSON.stringify(line)}\n`);

const encryption = (): Encryption => (random() < 0.3 ? { kind: "service" } : { kind: "none" });

async function changeForEver(bucket: string, keys: readonly string[]): Promise<never> {
  for (;;) {
    const key = keys[Math.floor(random() * keys.length)] ?? "";
    if (bucket === "plain" && random() < 0.3) {
      say({ what: "begin", bucket, key, content: null });
      await store.remove(bucket, key);
      say({ what: "done", bucket, key, content: null });
      continue;
    }
    const seed = nextSeed++;
    const bytes = Math.floor(random() * (random() < 0.1 ? 2_000_000 : 20_000));
    const content = [{ seed, bytes }];
    say({ what: "begin", bucket, key, content });
    const { versionId } = await store.put(bucket, key, quickBytes(seed, bytes), {
      ...simply,
      encryption: encryption(),
    });
    say({ what: "done", bucket, key, content, versionId });
  }
}

async function uploadForEver(key: string): Promise<never> {
  for (;;) {
    const options = { attributes: plain, checksum: undefined, encryption: encryption() };
    const upload = await store.startUpload("plain", key, options);
    const sizes = [5 * mebibyte, 5 * mebibyte, Math.floor(random() * mebibyte)];
    const content = sizes.map((bytes) => ({ seed: nextSeed++, bytes }));
    const parts = [1, 2, 3].slice(0, 1 + Math.floor(random() * 3));
    await Promise.all(
      parts.map(async (number) => {
        const { seed, bytes } = content[number - 1] ?? { seed: 0, bytes: 0 };
        await store.putPart(upload, number, quickBytes(seed, bytes), { digests: [] });
        say({ what: "part", id: upload.id, number, seed, bytes });
      }),
    );
    if (random() < 0.2) {
      await store.abortUpload(upload);
      continue;
    }
    const whole = content.slice(0, parts.length);
    say({ what: "begin", bucket: "plain", key, content: whole });
    const { versionId } = await store.completeUpload(upload, { parts });
    say({ what: "done", bucket: "plain", key, content: whole, versionId });
  }
}

await Promise.all([
  ...[0, 1, 2, 3].map((i) => changeForEver("plain", [`${i}/a`, `${i}/b`, `${i}/c`])),
  ...[0, 1].map((i) => changeForEver("versioned", [`${i}/a`, `${i}/b`])),
  uploadForEver("parts/a"),
  uploadForEver("parts/b"),
]);
