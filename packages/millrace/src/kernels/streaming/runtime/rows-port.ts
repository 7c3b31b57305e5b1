import type { Batch } from "../batch.ts";
import type { Position, SinkBlock, SourceBlock } from "../connector-port.ts";

/** Makes rows of what a source has read: in a worker the decoder or row maker of the table. */
export interface RowReader {
  /** In batches of a few thousand rows. */
  read(split: string, from: Position, block: SourceBlock): Iterable<Batch>;
}

/** Takes the rows of a sink in a worker. */
export interface RowWriter {
  write(batch: Batch): void;
  /** What was written in the round, as the sink gets it; undefined when there is nothing for it. */
  take(watermark: number): SinkBlock | undefined;
}
