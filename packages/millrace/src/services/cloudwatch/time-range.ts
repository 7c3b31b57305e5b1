import { tiers } from "./limits.ts";

const dayMs = 86_400_000;

/** What a query reads: periods of equal length from a rounded start, out of one resolution. */
export interface PeriodRange {
  readonly startSeconds: number;
  /** Exclusive. */
  readonly endSeconds: number;
  readonly periodSeconds: number;
  /** Resolution to read; undefined when AWS keeps none that suits the period at this age. */
  readonly tierSeconds: number | undefined;
}

/** Rounds the start as AWS does: the older it is, the coarser. */
export function periodRange(
  startMs: number,
  endMs: number,
  periodSeconds: number,
  nowMs: number,
): PeriodRange {
  const baseSeconds = baseTier(startMs, periodSeconds, nowMs);
  const step = periodSeconds < 60 ? periodSeconds : baseSeconds;
  const startSeconds = Math.floor(startMs / 1000 / step) * step;
  const endSeconds = Math.ceil(endMs / 1000);
  const suits = periodSeconds % baseSeconds === 0;
  const tierSeconds = suits ? coarsestTier(baseSeconds, startSeconds, endSeconds, periodSeconds) : undefined;
  return { startSeconds, endSeconds, periodSeconds, tierSeconds };
}

function baseTier(startMs: number, periodSeconds: number, nowMs: number): number {
  const ageMs = nowMs - startMs;
  if (ageMs > 63 * dayMs) return 3_600;
  if (ageMs > 15 * dayMs) return 300;
  return periodSeconds < 60 ? 1 : 60;
}

/** The coarsest resolution whose points fall into the periods without remainder: least to read. */
function coarsestTier(base: number, start: number, end: number, period: number): number {
  const fitting = tiers.filter(
    ({ seconds }) =>
      seconds >= base && period % seconds === 0 && start % seconds === 0 && end % seconds === 0,
  );
  return fitting.at(-1)?.seconds ?? base;
}

/** A period is 1, 5, 10, 20, 30 or a multiple of 60 seconds. */
export function isPeriod(seconds: number): boolean {
  return (
    [1, 5, 10, 20, 30].includes(seconds) || (Number.isInteger(seconds) && seconds > 0 && seconds % 60 === 0)
  );
}
