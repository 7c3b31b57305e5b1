import { LogInputError } from "./errors.ts";
import type { FrameHeader } from "./frame.ts";
import { logLimits } from "./limits.ts";
import type { Appended, AppendInput, Batch } from "./log.ts";
import { type Offset, toOffset } from "./offset.ts";

/** An append that has its offset and waits to be written. */
export interface AppendRequest {
  readonly header: FrameHeader & { readonly firstOffset: Offset };
  readonly keyId: string | undefined;
  readonly payloadBytes: number;
  /** In plain. Once encoded, in memory that the log may keep. */
  payload: readonly Uint8Array[];
  resolve(appended: Appended): void;
  reject(error: unknown): void;
}

/** The payload as a few parts, checked, with its size. */
export interface CheckedPayload {
  readonly parts: readonly Uint8Array[];
  readonly bytes: number;
}

/** Refuses what can never be stored. */
export function checkAppend(input: AppendInput): CheckedPayload {
  requireInteger("count", input.count, 1, logLimits.maxBatchRecords);
  requireInteger("kind", input.kind, 1, 255);
  requireInteger("flags", input.flags ?? 0, 0, 127);
  requireInteger("maxTimeMs", input.maxTimeMs ?? 0, 0, 2 ** 48 - 1);
  const given = input.payload instanceof Uint8Array ? [input.payload] : input.payload;
  let bytes = 0;
  for (const part of given) bytes += part.byteLength;
  if (bytes > logLimits.maxPayloadBytes) {
    throw new LogInputError(`a batch of ${bytes} bytes is over the limit of ${logLimits.maxPayloadBytes}`);
  }
  const parts = given.length > logLimits.maxPayloadParts ? [Buffer.concat(given, bytes)] : given;
  return { parts, bytes };
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new LogInputError(`${name} must be an integer from ${min} to ${max}, not ${value}`);
}

/** A batch kept in memory; several parts are joined when somebody reads it, which may be never. */
export class KeptBatch implements Batch {
  readonly firstOffset: Offset;
  readonly count: number;
  readonly kind: number;
  readonly flags: number;
  readonly appendTimeMs: number;
  readonly maxTimeMs: number;
  readonly payloadBytes: number;
  #parts: readonly Uint8Array[];

  constructor(header: FrameHeader, parts: readonly Uint8Array[], payloadBytes: number) {
    this.firstOffset = toOffset(header.firstOffset);
    this.count = header.count;
    this.kind = header.kind;
    this.flags = header.flags;
    this.appendTimeMs = header.appendTimeMs;
    this.maxTimeMs = header.maxTimeMs;
    this.payloadBytes = payloadBytes;
    this.#parts = parts;
  }

  get payload(): Buffer {
    const [only] = this.#parts;
    if (this.#parts.length === 1 && Buffer.isBuffer(only)) return only;
    const whole =
      this.#parts.length === 1 && only !== undefined ? bufferOf(only) : Buffer.concat(this.#parts);
    this.#parts = [whole];
    return whole;
  }
}

/**
 * The same bytes in memory that the log may keep. A view keeps all of the memory it looks at, so a small view
 * of a big request is copied; others are kept as they are.
 */
export function keepable(parts: readonly Uint8Array[]): readonly Uint8Array[] {
  return parts.every((part) => part.buffer.byteLength <= 2 * part.byteLength)
    ? parts
    : [Buffer.concat(parts)];
}

function bufferOf(part: Uint8Array): Buffer {
  return Buffer.from(part.buffer, part.byteOffset, part.byteLength);
}
