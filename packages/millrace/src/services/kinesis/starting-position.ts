import type { ShardIteratorType } from "@aws-sdk/client-kinesis";
import { toOffset } from "../../kernels/log/index.ts";
import { invalidArgument } from "./errors.ts";
import { parseSequenceNumber } from "./sequence-number.ts";
import { type Shard, shardIdOf } from "./shard.ts";
import type { Stream } from "./stream.ts";

export interface StartingPoint {
  readonly type: ShardIteratorType;
  readonly sequenceNumber: string | undefined;
  readonly timestamp: Date | undefined;
}

/**
 * The offset at which one of the five kinds of iterator begins. LATEST is resolved here and now: what comes
 * after this call is read, whenever the reader begins.
 */
export async function startingOffset(
  stream: Stream,
  shard: Shard,
  point: StartingPoint,
  call: { readonly operation: string; readonly nowMs: number },
): Promise<number> {
  checkCombination(point);
  switch (point.type) {
    case "TRIM_HORIZON":
      return shard.log.firstOffset;
    case "LATEST":
      return shard.log.durableOffset;
    case "AT_TIMESTAMP":
      return offsetAtTime(shard, point.timestamp, call.nowMs);
    default:
      return offsetOfSequence(stream, shard, point, call.operation);
  }
}

function checkCombination({ type, sequenceNumber, timestamp }: StartingPoint): void {
  const takesSequence = type === "AT_SEQUENCE_NUMBER" || type === "AFTER_SEQUENCE_NUMBER";
  if (takesSequence !== (sequenceNumber !== undefined))
    throw invalidArgument(
      "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or " +
        "(2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. " +
        `Request specified ${type} and ${takesSequence ? "no" : "also a"} StartingSequenceNumber.`,
    );
  if ((type === "AT_TIMESTAMP") !== (timestamp !== undefined))
    throw invalidArgument(
      "Must either specify AT_TIMESTAMP and Timestamp or another ShardIteratorType and no Timestamp. " +
        `Request specified ${type} and ${timestamp === undefined ? "no" : "also a"} Timestamp.`,
    );
}

function offsetAtTime(shard: Shard, timestamp: Date | undefined, nowMs: number): Promise<number> {
  const timestampMs = timestamp?.getTime() ?? 0;
  if (timestampMs > nowMs)
    throw invalidArgument(
      "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. " +
        `timestampInMillis: ${timestampMs}, currentTimestampInMillis: ${nowMs}`,
    );
  return shard.log.offsetForTime(timestampMs);
}

function offsetOfSequence(stream: Stream, shard: Shard, point: StartingPoint, operation: string): number {
  const text = point.sequenceNumber ?? "";
  const where = `used in ${operation} on shard ${shard.id} in stream ${stream.document.name} under account ${stream.document.account}`;
  const position = parseSequenceNumber(text);
  if (position === undefined) throw invalidArgument(`StartingSequenceNumber ${text} ${where} is invalid.`);
  if (position.shard.index !== shard.identity.index)
    throw invalidArgument(
      `Invalid StartingSequenceNumber. It encodes ${shardIdOf(position.shard.index)}, ` +
        `while it was used in a call to a shard with ${shard.id}`,
    );
  if (position.shard.createdSeconds !== shard.identity.createdSeconds)
    throw invalidArgument(
      `StartingSequenceNumber ${text} ${where} is invalid because it did not come from this stream.`,
    );
  if (position.offset === Number.POSITIVE_INFINITY) return shard.log.nextOffset;
  const offset = point.type === "AFTER_SEQUENCE_NUMBER" ? position.offset + 1 : position.offset;
  // A number from beyond the end, say of a log that was kept in memory, must not skip what comes next.
  return toOffset(Math.min(Math.max(0, offset), shard.log.nextOffset));
}
