import { LogInputError } from "./errors.ts";
import { logLimits } from "./limits.ts";
import type { Durability, Retention } from "./log.ts";
import type { SegmentCipher } from "./segment-cipher.ts";

export interface LogOptions {
  readonly durability: Durability;
  readonly segmentMaxBytes: number;
  /** A segment older than this takes no more frames; at most a 24th of the retention's age in any case. */
  readonly segmentMaxAgeMs: number;
  readonly retention: Retention;
  /** Needed to append with encryption and to read what was. */
  readonly cipher?: SegmentCipher;
}

const minSegmentMaxBytes = 8 * 1024;

const defaultLogOptions: LogOptions = Object.freeze({
  durability: Object.freeze({ mode: "sync" }),
  segmentMaxBytes: 64 * 1024 * 1024,
  segmentMaxAgeMs: 7 * 24 * 3600 * 1000,
  retention: Object.freeze({}),
});

export function logOptions(...given: readonly Partial<LogOptions>[]): LogOptions {
  const options: LogOptions = Object.assign({}, defaultLogOptions, ...given);
  requireRange("segmentMaxBytes", options.segmentMaxBytes, minSegmentMaxBytes, logLimits.maxSegmentBytes);
  requireRange("segmentMaxAgeMs", options.segmentMaxAgeMs, 1, Number.MAX_SAFE_INTEGER);
  if (options.durability.mode === "interval") {
    requireRange("intervalMs", options.durability.intervalMs, 1, 3_600_000);
  }
  checkRetention(options.retention);
  return options;
}

export function checkRetention(retention: Retention): void {
  if (retention.maxAgeMs !== undefined)
    requireRange("maxAgeMs", retention.maxAgeMs, 0, Number.MAX_SAFE_INTEGER);
  if (retention.maxBytes !== undefined)
    requireRange("maxBytes", retention.maxBytes, 0, Number.MAX_SAFE_INTEGER);
}

/** Segments must end often enough for the retention to remove them in steps. */
export function segmentAgeLimitMs(options: LogOptions, retention: Retention): number {
  const byRetention =
    retention.maxAgeMs === undefined ? Number.POSITIVE_INFINITY : Math.ceil(retention.maxAgeMs / 24);
  return Math.max(Math.min(options.segmentMaxAgeMs, byRetention), 1);
}

function requireRange(name: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw new LogInputError(`${name} must be from ${min} to ${max}, not ${value}`);
}
