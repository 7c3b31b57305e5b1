import { usageError } from "./command-error.ts";

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds since the epoch of `10m` (ago) or `2026-01-31T12:00:00Z`. @throws CommandError */
export function sinceMs(text: string, nowMs: number): number {
  const ago = /^(\d{1,9})([smhd])$/.exec(text);
  if (ago !== null) return nowMs - Number(ago[1]) * (unitMs[ago[2] ?? ""] ?? 0);
  const date = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(date))
    throw usageError(
      `--since ${JSON.stringify(text)} is no time. Give 30s, 10m, 2h, 1d, or a date such as 2026-01-31T12:00:00Z.`,
    );
  return date;
}
