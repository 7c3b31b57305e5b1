import { assert } from "../../../core/assert.ts";
import type { DeliveryRecord, FailedRecord } from "../record.ts";
import type { BatchEncoder, EncodedBatch } from "../sink.ts";
import type { BlockCodec } from "./block-codec.ts";
import { GrowingBuffer } from "./growing-buffer.ts";
import { Spool } from "./spool.ts";
import type { SpoolBudget, SpoolHolder } from "./spool-budget.ts";
import type { SpoolDirectory } from "./spool-directory.ts";
import { SpooledBatch } from "./spooled-batch.ts";

/** Blocks of one encoder that are compressed at the same time. */
const maxBlocksUnderWay = 2;

/** Puts records' data one after another and compresses it block by block. */
export class ByteEncoder implements BatchEncoder, SpoolHolder {
  readonly #codec: BlockCodec;
  readonly #budget: SpoolBudget;
  readonly #spool: Spool;
  readonly #block: GrowingBuffer;
  #recordCount = 0;
  #encodedBytes = 0;
  #underWay: Promise<void>[] = [];
  #underWayBytes = 0;
  #tail: Promise<void> = Promise.resolve();
  #failure: unknown;
  #countedBytes = 0;
  #hasHeader = false;
  #ended = false;

  constructor(codec: BlockCodec, directory: SpoolDirectory, budget: SpoolBudget) {
    this.#codec = codec;
    this.#budget = budget;
    this.#spool = new Spool(directory);
    this.#block = new GrowingBuffer(codec.blockBytes);
    budget.enter(this);
  }

  get heldBytes(): number {
    return this.#block.capacityBytes + this.#underWayBytes + this.#spool.heldBytes;
  }

  async add(records: readonly DeliveryRecord[]): Promise<readonly FailedRecord[]> {
    assert(!this.#ended, "no record is added after the end");
    for (const record of records) {
      for (let at = 0; at < record.data.length; ) {
        at += this.#block.append(record.data, at);
        if (this.#block.isFull) await this.#cut(this.#block.sizeBytes, false);
      }
      this.#recordCount += 1;
    }
    this.#count();
    await this.#budget.settle();
    if (this.#failure !== undefined) throw this.#failure;
    return [];
  }

  async finish(): Promise<EncodedBatch | undefined> {
    assert(!this.#ended, "a batch ends once");
    if (this.#recordCount === 0) {
      await this.abort();
      return undefined;
    }
    this.#ended = true;
    await this.#cut(this.#block.sizeBytes, true);
    await this.#enqueue(async () => {
      await this.#spool.append(this.#codec.trailer(this.#encodedBytes));
      if (this.#spool.path !== undefined) await this.#spool.toFile();
    });
    this.#count();
    await this.#budget.settle();
    if (this.#failure !== undefined) throw this.#failure;
    const about = { recordCount: this.#recordCount, contentEncoding: this.#codec.contentEncoding };
    return new SpooledBatch(this.#spool, about, () => this.#leave());
  }

  async abort(): Promise<void> {
    this.#ended = true;
    this.#block.clear();
    await this.#tail;
    await this.#spool.dispose();
    this.#leave();
  }

  async spill(): Promise<void> {
    if (!this.#ended) {
      const whole = this.#block.sizeBytes - (this.#block.sizeBytes % this.#codec.cutBytes);
      if (whole > 0) await this.#cut(whole, false);
    }
    await this.#enqueue(() => this.#spool.toFile());
    this.#count();
  }

  /** Sends the block's first bytes to be compressed; what it became is spooled in order. */
  async #cut(bytes: number, isLast: boolean): Promise<void> {
    while (this.#underWay.length >= maxBlocksUnderWay) await this.#underWay[0];
    const isFirst = !this.#hasHeader;
    this.#hasHeader = true;
    const block = this.#block.take(bytes);
    this.#underWayBytes += block.length;
    const encoded = this.#codec.encode(block, isLast);
    // The failure is handled where the block is waited for.
    encoded.catch(() => {});
    const spooled = this.#enqueue(async () => {
      const bytesOfBlock = await encoded;
      if (isFirst) await this.#spool.append(this.#codec.header());
      await this.#spool.append(bytesOfBlock);
      this.#encodedBytes += bytesOfBlock.length;
    }).then(() => {
      this.#underWayBytes -= block.length;
      this.#underWay = this.#underWay.filter((other) => other !== spooled);
      this.#count();
    });
    this.#underWay.push(spooled);
  }

  /** Runs after what came before; what it rejects with is thrown by the next call, and nothing follows it. */
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
    this.#budget.changed(held - this.#countedBytes);
    this.#countedBytes = held;
  }

  #leave(): void {
    this.#budget.leave(this);
    this.#budget.changed(-this.#countedBytes);
    this.#countedBytes = 0;
  }
}
