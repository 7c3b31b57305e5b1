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
const maxBlocksUnderWay = 6;

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
        if (this.#block.isFull) await this.#cut("full");
      }
      this.#recordCount += 1;
    }
    this.#count();
    this.#failure ??= await this.#budget.settle();
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
    await this.#cut("last");
    await this.#enqueue(async () => {
      await this.#spool.append(this.#codec.trailer(this.#encodedBytes));
      this.#codec.close?.();
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
    this.#codec.close?.();
    await this.#spool.dispose();
    this.#leave();
  }

  async spill(): Promise<void> {
    await this.#cut("early");
    let failure: unknown;
    await this.#enqueue(async () => {
      failure = await this.#spool.toFile().catch((error: unknown) => error);
    });
    this.#count();
    if (failure !== undefined) throw failure;
  }

  /** Sends the block, or of a block that is cut early what can be cut, to be compressed; spools it in order. */
  async #cut(why: "full" | "early" | "last"): Promise<void> {
    while (this.#underWay.length >= maxBlocksUnderWay) await this.#underWay[0];
    // Meanwhile another call may have cut the block, or ended the batch.
    const bytes = this.#bytesToCut(why);
    if (bytes === 0 && why !== "last") return;
    const isFirst = !this.#hasHeader;
    this.#hasHeader = true;
    const block = this.#block.take(bytes);
    this.#underWayBytes += block.length;
    const encoded = this.#codec.encode(block, why === "last");
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

  #bytesToCut(why: "full" | "early" | "last"): number {
    const { sizeBytes, isFull } = this.#block;
    if (why === "last") return sizeBytes;
    if (this.#ended) return 0;
    if (why === "early") return sizeBytes - (sizeBytes % this.#codec.cutBytes);
    return isFull ? sizeBytes : 0;
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
