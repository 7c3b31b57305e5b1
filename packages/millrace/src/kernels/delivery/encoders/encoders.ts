import { randomUUID } from "node:crypto";
import { assert } from "../../../core/assert.ts";
import type { Clock } from "../../../core/clock.ts";
import type { BatchEncoder } from "../sink.ts";
import { type BlockCodec, PlainCodec } from "./block-codec.ts";
import { ByteEncoder } from "./byte-encoder.ts";
import type { ConversionSchema } from "./conversion.ts";
import { planConversion } from "./conversion-plan.ts";
import { GzipCodec, ZipCodec } from "./deflate-codecs.ts";
import type { EncoderPool } from "./encoder-pool.ts";
import { ParquetEncoder } from "./parquet-encoder.ts";
import { RecordListEncoder } from "./record-list-encoder.ts";
import { HadoopSnappyCodec, SnappyCodec } from "./snappy-codecs.ts";
import { SpoolBudget } from "./spool-budget.ts";
import { SpoolDirectory } from "./spool-directory.ts";
import { ZstdCodec } from "./zstd-codec.ts";

/** As Firehose's API writes them; ZSTD is a channel's of Kinesis. */
export type Compression = "UNCOMPRESSED" | "GZIP" | "ZIP" | "Snappy" | "HADOOP_SNAPPY" | "ZSTD";

export interface EncodersOptions {
  /** Belongs to the encoders alone; what lies in it from a former process is removed. */
  readonly spoolDirectory: string;
  readonly clock: Clock;
  readonly pool: EncoderPool;
  /** Memory of all open encoders together. */
  readonly memoryBytes?: number;
}

const defaultMemoryBytes = 16 * 1024 * 1024;

/** Makes encoders that share a spool directory and a budget of memory. */
export class Encoders {
  readonly #directory: SpoolDirectory;
  readonly #budget: SpoolBudget;
  readonly #clock: Clock;
  readonly #pool: EncoderPool;

  private constructor(directory: SpoolDirectory, options: EncodersOptions) {
    this.#directory = directory;
    this.#budget = new SpoolBudget(options.memoryBytes ?? defaultMemoryBytes);
    this.#clock = options.clock;
    this.#pool = options.pool;
  }

  /** @throws SpoolError */
  static async open(options: EncodersOptions): Promise<Encoders> {
    return new Encoders(await SpoolDirectory.open(options.spoolDirectory), options);
  }

  /** Memory that open encoders and batches that are not disposed hold now. */
  get heldBytes(): number {
    return this.#budget.heldBytes;
  }

  /** The records' data one after another, compressed. */
  bytes(compression: Compression): BatchEncoder {
    return new ByteEncoder(this.#codec(compression), this.#directory, this.#budget);
  }

  /** JSON as Parquet. `details` become members of the error output of records that cannot be converted. */
  parquet(conversion: ConversionSchema, details?: Readonly<Record<string, unknown>>): BatchEncoder {
    const plan = planConversion(conversion);
    assert(typeof plan !== "string", `a conversion is checked before it is used: ${String(plan)}`);
    return new ParquetEncoder({
      conversion,
      plan,
      directory: this.#directory,
      budget: this.#budget,
      pool: this.#pool,
      clock: this.#clock,
      details,
    });
  }

  /** The records themselves. */
  recordList(): BatchEncoder {
    return new RecordListEncoder();
  }

  /** Removes what is spooled; batches that are still open are lost, as their records are not. */
  async close(): Promise<void> {
    await this.#directory.clear();
  }

  #codec(compression: Compression): BlockCodec {
    switch (compression) {
      case "UNCOMPRESSED":
        return new PlainCodec();
      case "GZIP":
        return new GzipCodec();
      case "ZIP":
        return new ZipCodec(randomUUID(), this.#clock.now());
      case "Snappy":
        return new SnappyCodec();
      case "HADOOP_SNAPPY":
        return new HadoopSnappyCodec();
      case "ZSTD":
        return new ZstdCodec();
    }
  }
}

/** What is wrong with a conversion, as a sentence; undefined if nothing is. */
export function checkConversion(conversion: ConversionSchema): string | undefined {
  const plan = planConversion(conversion);
  return typeof plan === "string" ? plan : undefined;
}
