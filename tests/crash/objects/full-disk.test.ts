import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../../../packages/millrace/src/core/clock.ts";
import { silentLogger } from "../../../packages/millrace/src/core/logger.ts";
import { ObjectStore, StoreFullError } from "../../../packages/millrace/src/kernels/objects/index.ts";
import {
  bucketNamed,
  bytesFrom,
  bytesOf,
  simply,
  TestKeys,
} from "../../../packages/millrace/src/kernels/objects/store-fixture.ts";
import { SmallDisk } from "../../fixtures/small-disk.ts";
import { testMaster } from "./ledger.ts";

function open(dir: string): Promise<ObjectStore> {
  const parts = { clock: systemClock, log: silentLogger, master: testMaster(), keys: new TestKeys() };
  return ObjectStore.open({ dir: path.join(dir, "objects"), sync: "full", ...parts });
}

test.each([50_000, 500])(
  "on a full disk writes of %i bytes are refused, nothing is lost, and space helps",
  async (size) => {
    using disk = new SmallDisk(4);
    const ballast = path.join(disk.dir, "ballast");
    fs.writeFileSync(ballast, Buffer.alloc(512 * 1024));
    const store = await open(disk.dir);
    await store.createBucket(bucketNamed("b"));
    let promised = 0;
    const fill = async (): Promise<unknown> => {
      for (;;) {
        const bytes = bytesFrom(promised, size);
        const failure = await store.put("b", `${promised}`, bytes, simply).then(
          () => {
            promised += 1;
          },
          (error: unknown) => error,
        );
        if (failure !== undefined) return failure;
      }
    };
    expect(await fill()).toBeInstanceOf(StoreFullError);
    const whenFull = promised;
    expect(whenFull).toBeGreaterThan(10);
    expect(await fill()).toMatchObject({ code: "ENOSPC", retryable: true });
    expect(store.find("b", `${promised}`)).toBeUndefined();
    fs.rmSync(ballast);
    expect(await fill()).toBeInstanceOf(StoreFullError);
    expect(promised).toBeGreaterThan(whenFull + 5);
    await store.close();
    const again = await open(disk.dir);
    for (let i = 0; i < promised; i++) {
      const found = again.find("b", `${i}`);
      expect(found && (await bytesOf(again, found)).equals(bytesFrom(i, size))).toBe(true);
    }
    expect(again.find("b", `${promised}`)).toBeUndefined();
    await again.close();
  },
);
