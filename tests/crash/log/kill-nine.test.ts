import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { systemClock } from "../../../packages/millrace/src/core/clock.ts";
import { LogStore } from "../../../packages/millrace/src/kernels/log/index.ts";
import {
  LogFixture,
  payloadOf,
  readAll,
  seededRandom,
} from "../../../packages/millrace/src/kernels/log/log-fixture.ts";

const rounds = 15;
const appender = new URL("./appender.ts", import.meta.url).pathname;

interface Acknowledged {
  readonly count: number;
  readonly seed: number;
  readonly bytes: number;
}

type Ledger = Map<string, Map<number, Acknowledged>>;

/** Lets the appender run, kills it in the middle of its work, and notes what it had acknowledged. */
async function runAndKill(
  dir: string,
  mode: string,
  seed: number,
  runMs: number,
  ledger: Ledger,
): Promise<number> {
  const child = spawn(process.execPath, [appender, dir, mode, String(seed)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  // Killed a while after its first acknowledgement: somewhere in a write, a sync or a change of segments.
  child.stdout.once("data", () => setTimeout(() => child.kill("SIGKILL"), runMs));
  const [, signal] = await once(child, "close");
  expect(signal).toBe("SIGKILL");
  const lines = output.split("\n").slice(0, -1);
  for (const line of lines) {
    const [id = "", offset, count, seedOfLine, bytes] = line.split(" ");
    const log = ledger.get(id) ?? new Map<number, Acknowledged>();
    ledger.set(
      id,
      log.set(Number(offset), { count: Number(count), seed: Number(seedOfLine), bytes: Number(bytes) }),
    );
  }
  return lines.length;
}

/** Everything acknowledged is there with its bytes, and what else is there continues the offsets. */
async function verify(fixture: LogFixture, ledger: Ledger): Promise<void> {
  await using store = Object.assign(
    new LogStore({ dir: fixture.dir, clock: systemClock, log: fixture.logger }),
    {
      async [Symbol.asyncDispose]() {
        await store.close();
      },
    },
  );
  for (const [id, acknowledged] of ledger) {
    const log = await store.open(id);
    let nextOffset = 0;
    let found = 0;
    for (const batch of await readAll(log)) {
      expect(batch.firstOffset).toBe(nextOffset);
      nextOffset += batch.count;
      const promised = acknowledged.get(batch.firstOffset);
      if (promised === undefined) continue;
      found += 1;
      expect(batch.count).toBe(promised.count);
      expect(batch.payload.equals(payloadOf(promised.seed, promised.bytes))).toBe(true);
    }
    expect(found).toBe(acknowledged.size);
    expect(log).toMatchObject({ firstOffset: 0, nextOffset, durableOffset: nextOffset, corruptions: [] });
  }
}

test.each(["sync", "interval"])("%s: kill -9 loses nothing that was acknowledged", async (mode) => {
  await using fixture = new LogFixture();
  const random = seededRandom(2026);
  const ledger: Ledger = new Map();
  let total = 0;
  for (let round = 0; round < rounds; round++) {
    total += await runAndKill(fixture.dir, mode, round * 1_000_000, 20 + random() * 150, ledger);
    await verify(fixture, ledger);
  }
  expect(ledger.size).toBe(3);
  expect(total).toBeGreaterThan(rounds);
});
