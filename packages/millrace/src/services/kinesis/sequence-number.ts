/**
 * Sequence numbers in AWS's version-2 layout, 47 hexadecimal digits read as one number:
 *
 *     2 | shard created, s (9) | shard index & 15 (1) | record index (16) | 00 (2) | appended, s (9) | shard index (8) | 2
 *
 * The record index is the offset in the shard's log plus one, so that AT_ and AFTER_SEQUENCE_NUMBER are
 * arithmetic, and a shard's StartingSequenceNumber (index 0) sorts before its first record. The largest
 * index is reserved for EndingSequenceNumber. (Layout as observed by mhart/kinesalite, db/index.js.)
 */
export interface ShardIdentity {
  /** Position in the stream, which is also the number in its id. */
  readonly index: number;
  /** Seconds since the epoch. */
  readonly createdSeconds: number;
}

const indexShift = 80n;
const maxRecordIndex = (1n << 63n) - 1n;

function compose(shard: ShardIdentity, recordIndex: bigint, seconds: number): bigint {
  return (
    (2n << 184n) |
    (BigInt(shard.createdSeconds) << 148n) |
    (BigInt(shard.index & 15) << 144n) |
    (recordIndex << indexShift) |
    (BigInt(seconds) << 36n) |
    (BigInt(shard.index) << 4n) |
    2n
  );
}

export function startingSequenceNumber(shard: ShardIdentity): string {
  return compose(shard, 0n, shard.createdSeconds).toString();
}

export function endingSequenceNumber(shard: ShardIdentity, closedSeconds: number): string {
  return compose(shard, maxRecordIndex, closedSeconds).toString();
}

/** Sequence number of the record at `offset` in the shard's log, appended at `appendTimeMs`. */
export function sequenceNumberAt(shard: ShardIdentity, offset: number, appendTimeMs: number): string {
  return compose(shard, BigInt(offset) + 1n, Math.floor(appendTimeMs / 1000)).toString();
}

/** The sequence numbers of consecutive records of one batch: one addition each. */
export class SequenceCounter {
  #next: bigint;
  static readonly #step = 1n << indexShift;

  constructor(shard: ShardIdentity, firstOffset: number, appendTimeMs: number) {
    this.#next = compose(shard, BigInt(firstOffset) + 1n, Math.floor(appendTimeMs / 1000));
  }

  next(): string {
    const text = this.#next.toString();
    this.#next += SequenceCounter.#step;
    return text;
  }
}

export interface SequencePosition {
  readonly shard: ShardIdentity;
  /** Offset in the shard's log; -1 for a starting, Infinity for an ending sequence number. */
  readonly offset: number;
}

/** Where a sequence number points, or undefined when it is not one of this layout. */
export function parseSequenceNumber(text: string): SequencePosition | undefined {
  if (!/^[1-9]\d{0,60}$/.test(text)) return undefined;
  const value = BigInt(text);
  if (value >> 184n !== 2n || (value & 15n) !== 2n) return undefined;
  const index = Number((value >> 4n) & 0xffff_ffffn);
  if (Number((value >> 144n) & 15n) !== (index & 15)) return undefined;
  const recordIndex = (value >> indexShift) & 0xffff_ffff_ffff_ffffn;
  const offset = recordIndex === maxRecordIndex ? Number.POSITIVE_INFINITY : Number(recordIndex) - 1;
  if (offset !== Number.POSITIVE_INFINITY && offset > Number.MAX_SAFE_INTEGER) return undefined;
  return { shard: { index, createdSeconds: Number((value >> 148n) & 0xf_ffff_ffffn) }, offset };
}
