import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../../../packages/millrace/src/core/clock.ts";
import { silentLogger } from "../../../packages/millrace/src/core/logger.ts";
import { LogFullError, LogStore } from "../../../packages/millrace/src/kernels/log/index.ts";
import { payloadOf, readAll } from "../../../packages/millrace/src/kernels/log/log-fixture.ts";
import { SmallDisk } from "../../fixtures/small-disk.ts";

test("on a full disk appends are refused, nothing acknowledged is lost, and space makes the log go on", async () => {
  using disk = new SmallDisk(2);
  const ballast = path.join(disk.dir, "ballast");
  fs.writeFileSync(ballast, Buffer.alloc(512 * 1024));
  const parts = { dir: path.join(disk.dir, "logs"), clock: systemClock, log: silentLogger };
  const store = new LogStore({ ...parts, defaults: { segmentMaxBytes: 256 * 1024 } });
  const log = await store.open("a");
  const promised: number[] = [];
  const fill = async (): Promise<unknown> => {
    for (let seed = promised.length; ; seed++) {
      const failure = await log.append({ count: 1, kind: 1, payload: payloadOf(seed, 9000) }).then(
        ({ firstOffset }) => void promised.push(firstOffset),
        (error) => error,
      );
      if (failure !== undefined) return failure;
    }
  };
  expect(await fill()).toBeInstanceOf(LogFullError);
  expect(promised.length).toBeGreaterThan(50);
  expect(await fill()).toMatchObject({ code: "ENOSPC", retryable: true });
  const whenFull = promised.length;
  expect(await readAll(log)).toHaveLength(whenFull);
  fs.rmSync(ballast);
  expect(await fill()).toBeInstanceOf(LogFullError);
  expect(promised.length).toBeGreaterThan(whenFull + 20);
  await store.close();
  const again = new LogStore(parts);
  const recovered = await again.open("a");
  const batches = await readAll(recovered);
  expect(batches.map((batch) => batch.firstOffset)).toEqual(promised);
  expect(batches.every((batch) => batch.payload.equals(payloadOf(batch.firstOffset, 9000)))).toBe(true);
  expect(recovered.corruptions).toEqual([]);
  await again.close();
});
