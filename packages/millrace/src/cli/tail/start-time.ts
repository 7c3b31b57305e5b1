import { usageError } from "../command-error.ts";
import type { StartPosition } from "./shard-readers.ts";

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `latest`, `trim-horizon`, `15m` (ago), or a time such as `2026-02-25T13:00:00Z`. @throws CommandError */
export function startPosition(text: string, nowMs: number): StartPosition {
  const word = text.toLowerCase().replaceAll("_", "-");
  if (word === "latest") return { type: "LATEST" };
  if (word === "trim-horizon" || word === "beginning") return { type: "TRIM_HORIZON" };
  const [, amount, unit = ""] = /^(\d{1,9})([smhd])$/.exec(word) ?? [];
  const atMs = amount === undefined ? timeOf(text) : nowMs - Number(amount) * (unitMs[unit] ?? 0);
  if (Number.isNaN(atMs))
    throw usageError(`--from ${text} is none of latest, trim-horizon, 15m, 2026-02-25T13:00:00Z.`);
  if (atMs > nowMs) throw usageError(`--from ${text} is in the future. Give a time that has been.`);
  return { type: "AT_TIMESTAMP", seconds: Math.max(0, atMs) / 1000 };
}

/** A bare number would be a year for Date, and something else for everybody who types it. */
function timeOf(text: string): number {
  return /^\d{4}-\d{2}-\d{2}([T ].*)?$/.test(text) ? Date.parse(text) : Number.NaN;
}
