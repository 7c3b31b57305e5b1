import type { Retention } from "./log.ts";
import { laterOf, type Offset } from "./offset.ts";
import type { Segment } from "./segment.ts";

export interface Expired {
  /** Sealed segments that hold nothing visible any more, oldest first. */
  readonly expired: readonly Segment[];
  readonly firstOffset: Offset;
}

/**
 * What retention takes away, given the first offset that time leaves. Only whole sealed segments go, from the
 * front; by size only as long as what remains is still as big as the retention promises.
 */
export function expiredSegments(
  segments: readonly Segment[],
  firstByTime: Offset,
  retention: Retention,
): Expired {
  const maxBytes = retention.maxBytes ?? Number.POSITIVE_INFINITY;
  const expired: Segment[] = [];
  let firstOffset = firstByTime;
  let bytes = 0;
  for (const segment of segments) bytes += segment.bytes;
  for (const segment of segments) {
    const isPast = segment.stats.nextOffset <= firstOffset;
    const isOver = bytes - segment.bytes >= maxBytes;
    if (!segment.sealed || !(isPast || isOver)) break;
    expired.push(segment);
    bytes -= segment.bytes;
    firstOffset = laterOf(firstOffset, segment.stats.nextOffset);
  }
  return { expired, firstOffset };
}
