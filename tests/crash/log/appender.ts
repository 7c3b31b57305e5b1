/*
 * Run as `node appender.ts <directory> <mode> <seed>` by kill-nine.test.ts: appends to several logs as fast as
 * it can and prints, for each acknowledgement, `<log> <first offset> <count> <seed> <bytes>` on a line.
 */
import { writeSync } from "node:fs";
import { systemClock } from "../../../packages/millrace/src/core/clock.ts";
import { silentLogger } from "../../../packages/millrace/src/core/logger.ts";
import { LogStore } from "../../../packages/millrace/src/kernels/log/index.ts";
import { payloadOf, seededRandom } from "../../../packages/millrace/src/kernels/log/log-fixture.ts";

const [dir = "", mode = "sync", seedText = "0"] = process.argv.slice(2);
const firstSeed = Number(seedText);
const durability = mode === "sync" ? { mode: "sync" as const } : { mode: "interval" as const, intervalMs: 5 };
const defaults = { durability, segmentMaxBytes: 1024 * 1024 };
const store = new LogStore({ dir, clock: systemClock, log: silentLogger, defaults });
const random = seededRandom(firstSeed);
let nextSeed = firstSeed;

async function appendForEver(id: string): Promise<never> {
  const log = await store.open(id);
  for (;;) {
    const seed = nextSeed++;
    const bytes = Math.floor(random() * (random() < 0.1 ? 200_000 : 3000));
    const count = 1 + Math.floor(random() * 20);
    const { firstOffset } = await log.append({ count, kind: 1, payload: payloadOf(seed, bytes) });
    // A synchronous write: what was acknowledged here is in the pipe before the next line runs.
    writeSync(1, `${id} ${firstOffset} ${count} ${seed} ${bytes}\n`);
  }
}

await Promise.all(["a", "b", "c"].flatMap((id) => Array.from({ length: 4 }, () => appendForEver(id))));
