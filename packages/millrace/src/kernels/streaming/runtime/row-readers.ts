import type { Batch } from "../batch.ts";
import type { Decoder } from "../codecs/index.ts";
import type { Position, RowMaker, SourceBlock } from "../connector-port.ts";
import type { RowReader } from "./rows-port.ts";

/** Few enough that the columns of a batch stay in the processor's caches from one operator to the next. */
const maxBatchRecords = 4096;

/** Decodes the records of a block, a batch at a time. */
export class DecodingReader implements RowReader {
  readonly #decoder: Decoder;

  constructor(decoder: Decoder) {
    this.#decoder = decoder;
  }

  *read(split: string, _from: Position, block: SourceBlock): Iterable<Batch> {
    for (let from = 0; from < block.starts.length; from += maxBatchRecords) {
      yield this.#decoder.decode(partOf(block, from, from + maxBatchRecords), split);
    }
  }
}

/** Makes the rows that lie between the positions of an internal source. */
export class MakingReader implements RowReader {
  readonly #maker: RowMaker;

  constructor(maker: RowMaker) {
    this.#maker = maker;
  }

  read(split: string, from: Position, block: SourceBlock): Iterable<Batch> {
    return this.#maker.rows(split, from, block.next);
  }
}

function partOf(block: SourceBlock, from: number, to: number): SourceBlock {
  if (from === 0 && to >= block.starts.length) return block;
  const metadata: Record<string, Float64Array | readonly string[]> = {};
  for (const [key, values] of Object.entries(block.metadata)) {
    metadata[key] = values instanceof Float64Array ? values.subarray(from, to) : values.slice(from, to);
  }
  return { ...block, starts: block.starts.subarray(from, to), ends: block.ends.subarray(from, to), metadata };
}
