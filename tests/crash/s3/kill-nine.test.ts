import { setTimeout as after } from "node:timers/promises";
import { CreateBucketCommand, PutBucketVersioningCommand, S3ServiceException } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { s3Client } from "../../fixtures/s3-client.ts";
import { Ledger } from "./ledger.ts";
import { Load, plain, versioned } from "./load.ts";
import { blobsIn, verifyKeys, verifyListing, verifyUploads, verifyVersions } from "./verification.ts";

const rounds = 12;
const longestRunMs = 900;
const seed = 20_260_101;

/** The same numbers for the same seed (mulberry32). */
function seeded(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Lets clients work, pulls the plug, and starts again. No client may have been refused anything. */
async function workAndDie(millrace: MillraceProcess, ledger: Ledger, round: number): Promise<void> {
  const random = seeded(seed + round);
  const client = s3Client(millrace.url, { maxAttempts: 1 });
  const works = Promise.allSettled(new Load(client, ledger, random, round * 1_000_000).run());
  await after(100 + random() * longestRunMs);
  await millrace.kill();
  for (const work of await works) {
    if (work.status === "fulfilled") continue;
    // Its answer may have been cut off in the middle, but no answer says that something is wrong.
    const isRefusal = work.reason instanceof S3ServiceException && work.reason.$response?.statusCode !== 200;
    if (isRefusal) throw new Error(`round ${round}: a client was refused`, { cause: work.reason });
  }
  client.destroy();
  await millrace.start();
}

it(`kill -9 under the load of SDK clients loses nothing that was acknowledged, and shows nothing by halves (seed ${seed})`, async () => {
  const millrace = await MillraceProcess.start();
  const client = s3Client(millrace.url);
  try {
    for (const Bucket of [plain, versioned]) await client.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket: versioned, VersioningConfiguration }));
    const ledger = new Ledger();
    let parts = 0;
    for (let round = 0; round < rounds; round++) {
      await workAndDie(millrace, ledger, round);
      await verifyKeys(client, ledger);
      const objects = await verifyListing(client, ledger);
      const versions = await verifyVersions(client, ledger);
      parts += await verifyUploads(client, ledger);
      // What the dead process left is swept soon after the start.
      await expect.poll(() => blobsIn(millrace.dataFolder), { timeout: 20_000 }).toBe(objects + versions);
    }
    expect(ledger.acknowledgements).toBeGreaterThan(20 * rounds);
    expect(parts).toBeGreaterThan(0);
    expect(millrace.stderr).not.toContain("internal failure");
  } finally {
    client.destroy();
    await millrace.dispose();
  }
});
