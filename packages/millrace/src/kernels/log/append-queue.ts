import type { Clock } from "../../core/clock.ts";
import { type AppendRequest, checkAppend } from "./append-request.ts";
import { frameHeaderBytes } from "./frame.ts";
import { logLimits } from "./limits.ts";
import type { Appended, AppendInput } from "./log.ts";
import { advance, type Offset } from "./offset.ts";
import type { QueueBudget } from "./queue-budget.ts";
import type { Segment } from "./segment.ts";
import { tagBytes } from "./segment-cipher.ts";

/** Appends that have their offset and time and wait to be written, or to be settled. */
export class AppendQueue {
  readonly #id: string;
  readonly #clock: Clock;
  readonly #budget: QueueBudget;
  #requests: AppendRequest[] = [];
  #nextOffset: Offset;
  #lastAppendTimeMs: number;

  constructor(
    id: string,
    clock: Clock,
    budget: QueueBudget,
    start: { nextOffset: Offset; lastAppendTimeMs: number },
  ) {
    this.#id = id;
    this.#clock = clock;
    this.#budget = budget;
    this.#nextOffset = start.nextOffset;
    this.#lastAppendTimeMs = start.lastAppendTimeMs;
  }

  get nextOffset(): Offset {
    return this.#nextOffset;
  }

  get first(): AppendRequest | undefined {
    return this.#requests[0];
  }

  /** Assigns offset and time. Throws, and changes nothing, when the append cannot be taken. */
  add(input: AppendInput, resolve: (appended: Appended) => void, reject: (error: unknown) => void): void {
    const { parts, bytes } = checkAppend(input);
    this.#budget.take(this.#id, bytes);
    const appendTimeMs = Math.max(this.#clock.now(), this.#lastAppendTimeMs);
    this.#lastAppendTimeMs = appendTimeMs;
    const header = {
      firstOffset: this.#nextOffset,
      count: input.count,
      kind: input.kind,
      flags: input.flags ?? 0,
      encrypted: input.encryption !== undefined,
      appendTimeMs,
      maxTimeMs: input.maxTimeMs ?? appendTimeMs,
    };
    this.#nextOffset = advance(this.#nextOffset, input.count);
    const keyId = input.encryption?.keyId;
    this.#requests.push({ header, keyId, payloadBytes: bytes, payload: parts, resolve, reject });
  }

  /** The requests that one write can take into the segment: at least the first. */
  group(segment: Segment, segmentMaxBytes: number): readonly AppendRequest[] {
    const group: AppendRequest[] = [];
    let bytes = 0;
    for (const request of this.#requests) {
      const size = storedBytes(request);
      const fits =
        bytes + size <= logLimits.maxGroupBytes &&
        group.length < logLimits.maxGroupFrames &&
        segment.stats.endPosition + bytes + size <= segmentMaxBytes &&
        hasKey(segment, request.keyId);
      if (!fits && group.length > 0) break;
      group.push(request);
      bytes += size;
    }
    return group;
  }

  /** Acknowledges the first requests. */
  settle(count: number): void {
    for (const request of this.#requests.splice(0, count)) {
      this.#budget.release(request.payloadBytes);
      const { firstOffset, appendTimeMs } = request.header;
      request.resolve({ firstOffset, appendTimeMs });
    }
  }

  /** Refuses everything that waits; the next append gets `nextOffset`. */
  refuseAll(error: unknown, nextOffset: Offset): void {
    const refused = this.#requests;
    this.#requests = [];
    this.#nextOffset = nextOffset;
    for (const request of refused) {
      this.#budget.release(request.payloadBytes);
      request.reject(error);
    }
  }
}

/** What a request takes in a segment, at most. */
export function storedBytes(request: AppendRequest): number {
  return frameHeaderBytes + request.payloadBytes + tagBytes;
}

/** Plain frames go anywhere, encrypted ones only where their key is. */
export function hasKey(segment: Segment, keyId: string | undefined): boolean {
  return keyId === undefined || segment.header.cipher?.keyId === keyId;
}
