import { assert } from "../../../core/assert.ts";
import type { Clock } from "../../../core/clock.ts";
import { ParquetFile } from "../../../formats/parquet/file-writer.ts";
import type { DeliveryRecord, FailedRecord } from "../record.ts";
import type { BatchEncoder, EncodedBatch } from "../sink.ts";
import type { ConversionSchema } from "./conversion.ts";
import type { ConversionFailure, ConversionJob } from "./conversion-job.ts";
import type { ConversionPlan } from "./conversion-plan.ts";
import type { EncoderPool } from "./encoder-pool.ts";
import { framesOf, recordOf } from "./record-frame.ts";
import { Spool } from "./spool.ts";
import type { SpoolBudget, SpoolHolder } from "./spool-budget.ts";
import type { SpoolDirectory } from "./spool-directory.ts";
import { SpooledBatch } from "./spooled-batch.ts";

/**
 * JSON that makes a row group at most. It waits in a file, so that however many batches are open, a row group
 * takes memory only while it is encoded.
 */
const maxRowGroupBytes = 16 * 1024 * 1024;
/** Firehose's `MalformedData` and `ParseError` go to the error output under this type. */
const outputType = "format-conversion-failed";
const createdBy = "millrace";

export interface ParquetEncoderOptions {
  readonly conversion: ConversionSchema;
  readonly plan: ConversionPlan;
  readonly directory: SpoolDirectory;
  readonly budget: SpoolBudget;
  readonly pool: EncoderPool;
  readonly clock: Clock;
  /** Members of every failed record's error output. */
  readonly details: Readonly<Record<string, unknown>> | undefined;
}

/** Spools JSON records, and has them made into row groups by another thread. */
export class ParquetEncoder implements BatchEncoder, SpoolHolder {
  readonly #options: ParquetEncoderOptions;
  readonly #file: ParquetFile;
  readonly #out: Spool;
  readonly #rowGroupBytes: number;
  #waiting: Spool;
  #recordsGiven = 0;
  #recordCount = 0;
  #failed: FailedRecord[] = [];
  #tail: Promise<void> = Promise.resolve();
  #conversion: Promise<void> | undefined;
  #failure: unknown;
  #countedBytes = 0;
  #ended = false;

  constructor(options: ParquetEncoderOptions) {
    this.#options = options;
    this.#file = new ParquetFile(options.plan.schema, { createdBy });
    this.#out = new Spool(options.directory);
    this.#waiting = new Spool(options.directory);
    this.#rowGroupBytes = Math.min(
      options.conversion.parquet.blockSizeBytes ?? maxRowGroupBytes,
      maxRowGroupBytes,
    );
    options.budget.enter(this);
  }

  get heldBytes(): number {
    return this.#waiting.heldBytes + this.#out.heldBytes;
  }

  async add(records: readonly DeliveryRecord[]): Promise<readonly FailedRecord[]> {
    assert(!this.#ended, "no record is added after the end");
    if (records.length > 0) {
      this.#recordsGiven += records.length;
      const frames = framesOf(records);
      await this.#enqueue(() => this.#waiting.append(frames));
      if (this.#waiting.sizeBytes >= this.#rowGroupBytes) await this.#convert();
      this.#count();
      this.#failure ??= await this.#options.budget.settle();
    }
    if (this.#failure !== undefined) throw this.#failure;
    return this.#takeFailed();
  }

  async finish(): Promise<EncodedBatch | undefined> {
    assert(!this.#ended, "a batch ends once");
    if (this.#recordsGiven === 0) {
      await this.abort();
      return undefined;
    }
    if (this.#waiting.sizeBytes > 0) await this.#convert();
    this.#ended = true;
    await this.#conversion;
    if (this.#recordCount > 0) await this.#enqueue(() => this.#write(this.#file.finish()));
    if (this.#out.path !== undefined) await this.#enqueue(() => this.#out.toFile());
    if (this.#failure !== undefined) throw this.#failure;
    this.#count();
    const about = { recordCount: this.#recordCount, failed: this.#takeFailed() };
    return new SpooledBatch(this.#out, about, () => this.#leave());
  }

  async abort(): Promise<void> {
    this.#ended = true;
    this.#failure ??= new Error("the batch was aborted");
    await this.#conversion;
    await this.#tail;
    await this.#waiting.dispose();
    await this.#out.dispose();
    this.#failed = [];
    this.#leave();
  }

  async spill(): Promise<void> {
    let failure: unknown;
    await this.#enqueue(async () => {
      const spools = [this.#waiting.toFile(), this.#out.toFile()];
      failure = (await Promise.allSettled(spools)).find((one) => one.status === "rejected")?.reason;
    });
    this.#count();
    if (failure !== undefined) throw failure;
  }

  /** Has what waits made into a row group; one at a time, while more records are taken. */
  async #convert(): Promise<void> {
    await this.#conversion;
    if (this.#failure !== undefined) return;
    const spool = this.#waiting;
    this.#waiting = new Spool(this.#options.directory);
    this.#conversion = this.#rowGroupOf(spool).catch((error: unknown) => {
      this.#failure ??= error;
    });
  }

  async #rowGroupOf(spool: Spool): Promise<void> {
    try {
      // In turn: it may be on its way into a file because memory was short.
      await this.#enqueue(async () => {
        if (spool.path !== undefined) await spool.toFile();
      });
      if (this.#failure !== undefined) return;
      const { path } = spool;
      const job: ConversionJob = {
        schema: this.#options.conversion,
        frames: spool.held(),
        ...(path === undefined ? {} : { file: { path, sizeBytes: spool.sizeBytes } }),
      };
      const { rowGroup, recordCount, failures } = await this.#options.pool.run(job);
      for (const failure of failures) this.#failed.push(this.#failedRecord(failure));
      this.#recordCount += recordCount;
      if (rowGroup !== undefined) await this.#enqueue(() => this.#write(this.#file.add(rowGroup)));
    } finally {
      await spool.dispose();
      this.#count();
    }
    await this.#options.budget.settle();
  }

  async #write(parts: readonly Uint8Array[]): Promise<void> {
    for (const part of parts) await this.#out.append(Buffer.from(part.buffer, part.byteOffset, part.length));
  }

  #failedRecord({ frame, code, message }: ConversionFailure): FailedRecord {
    const { clock, details } = this.#options;
    return {
      record: recordOf(Buffer.from(frame.buffer, frame.byteOffset, frame.length)),
      outputType,
      errorCode: code,
      errorMessage: message,
      attemptsMade: 1,
      attemptEndedMs: clock.now(),
      ...(details === undefined ? {} : { details }),
    };
  }

  #takeFailed(): readonly FailedRecord[] {
    const failed = this.#failed;
    this.#failed = [];
    return failed;
  }

  /** Spools are written by one call at a time; what it rejects with is thrown by the next call of ours. */
  #enqueue(run: () => Promise<void>): Promise<void> {
    this.#tail = this.#tail.then(async () => {
      if (this.#failure !== undefined) return;
      try {
        await run();
      } catch (error) {
        this.#failure = error;
      }
    });
    return this.#tail;
  }

  #count(): void {
    const held = this.heldBytes;
    this.#options.budget.changed(held - this.#countedBytes);
    this.#countedBytes = held;
  }

  #leave(): void {
    this.#options.budget.leave(this);
    this.#options.budget.changed(-this.#countedBytes);
    this.#countedBytes = 0;
  }
}
