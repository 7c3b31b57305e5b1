import fs from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ManualClock } from "../../../packages/millrace/src/core/clock.ts";
import { silentLogger } from "../../../packages/millrace/src/core/logger.ts";
import { EncoderPool } from "../../../packages/millrace/src/kernels/delivery/encoders/encoder-pool.ts";
import { Encoders } from "../../../packages/millrace/src/kernels/delivery/encoders/encoders.ts";
import { SpoolError } from "../../../packages/millrace/src/kernels/delivery/encoders/spool-directory.ts";
import {
  collect,
  conversionOf,
  readParquet,
  recordsOf,
} from "../../../packages/millrace/src/kernels/delivery/encoders/test-conversion.ts";
import type { DeliveryRecord } from "../../../packages/millrace/src/kernels/delivery/record.ts";
import type { BatchEncoder } from "../../../packages/millrace/src/kernels/delivery/sink.ts";
import { SmallDisk } from "../../fixtures/small-disk.ts";

const conversion = conversionOf({ n: "int", word: "string" });

function records(from: number, count: number): DeliveryRecord[] {
  const random = (n: number): string =>
    Buffer.from(String(Math.sin(n)))
      .toString("hex")
      .repeat(20);
  return recordsOf(
    Array.from({ length: count }, (_, n) => `{"n":${from + n},"word":"${random(from + n)}"}\n`),
  );
}

async function fill(encoder: BatchEncoder): Promise<unknown> {
  for (let from = 0; from < 100_000; from += 100) {
    const failure = await encoder.add(records(from, 100)).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failure !== undefined) return failure;
  }
  return "the disk is not full";
}

test.each(["UNCOMPRESSED", "Parquet"])(
  "on a full disk a batch of %s is refused, and another one when there is room is whole",
  async (kind) => {
    using disk = new SmallDisk(2);
    const pool = new EncoderPool({ log: silentLogger });
    const spoolDirectory = path.join(disk.dir, "spool");
    const encoders = await Encoders.open({
      spoolDirectory,
      clock: new ManualClock(),
      pool,
      memoryBytes: 100_000,
    });
    const make = (): BatchEncoder =>
      kind === "Parquet" ? encoders.parquet(conversion) : encoders.bytes("UNCOMPRESSED");
    // One that is open all the while, and small.
    const other = encoders.bytes("GZIP");
    await other.add(records(0, 10));

    const encoder = make();
    const failure = await fill(encoder);
    expect(failure).toBeInstanceOf(SpoolError);
    expect(String(failure)).toContain("ENOSPC");
    await expect(encoder.add(records(0, 1))).rejects.toBe(failure);
    await encoder.abort();

    const again = make();
    for (let from = 0; from < 300; from += 100) await again.add(records(from, 100));
    const batch = await again.finish();
    expect(batch?.recordCount).toBe(300);
    const bytes = batch === undefined ? Buffer.alloc(0) : await collect(batch);
    if (kind === "Parquet")
      expect((await readParquet(bytes)).map((row) => row["n"])).toEqual(
        Array.from({ length: 300 }, (_, n) => n),
      );
    else
      expect(
        bytes.equals(
          Buffer.concat([0, 100, 200].flatMap((from) => records(from, 100)).map((one) => one.data)),
        ),
      ).toBe(true);
    await batch?.dispose();

    const small = await other.finish();
    expect(
      gunzipSync(small === undefined ? "" : await collect(small)).equals(
        Buffer.concat(records(0, 10).map((one) => one.data)),
      ),
    ).toBe(true);
    await small?.dispose();
    expect(fs.readdirSync(spoolDirectory)).toEqual([]);
    await pool.close();
  },
);
