import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { seededRandom } from "../../../packages/millrace/src/kernels/log/log-fixture.ts";
import { linesIn } from "./directory-sink.ts";

const rounds = 15;
const recordsPerRound = 10_000_000;
const producer = new URL("./producer.ts", import.meta.url).pathname;

/** Lets the producer work, kills it in the middle, and answers the numbers of records that it had acknowledged. */
async function runAndKill(
  dir: string,
  kind: string,
  round: number,
  runMs: number,
): Promise<readonly number[]> {
  const child = spawn(process.execPath, [producer, dir, kind, String(round * recordsPerRound), "produce"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  // Killed a while after its first acknowledgement: in a write, a delivery, a commit or the removal of a segment.
  child.stdout.once("data", () => setTimeout(() => child.kill("SIGKILL"), runMs));
  const [, signal] = await once(child, "close");
  expect(signal).toBe("SIGKILL");
  return output
    .split("\n")
    .slice(0, -1)
    .flatMap((line) => {
      const [from = 0, to = 0] = line.split(" ").map(Number);
      return Array.from({ length: to - from }, (_, i) => from + i);
    });
}

async function drain(dir: string, kind: string): Promise<void> {
  const child = spawn(process.execPath, [producer, dir, kind, "1", "drain"], { stdio: "inherit" });
  const [code] = await once(child, "close");
  expect(code).toBe(0);
}

test.each(["plain", "partitioned", "staged"])(
  "%s: after kill -9 each acknowledged record is in one object, once",
  async (kind) => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "millrace-delivery-"));
    const random = seededRandom(4);
    const acknowledged: number[] = [];
    try {
      for (let round = 0; round < rounds; round++) {
        for (const number of await runAndKill(dir, kind, round, 20 + random() * 250))
          acknowledged.push(number);
      }
      await drain(dir, kind);
      const lines = [...linesIn(path.join(dir, "objects")), ...linesIn(path.join(dir, "errors"))];
      const arrived = lines.map((line) => Number(line.split("/")[0]));
      const once = new Set(arrived);
      expect(arrived.length).toBe(once.size);
      expect(acknowledged.filter((number) => !once.has(number))).toEqual([]);
      expect(acknowledged.length).toBeGreaterThan(rounds * 10);
    } finally {
      fs.rmSync(dir, { recursive: true, force: true });
    }
  },
);
