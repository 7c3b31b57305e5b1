const binaryUnits = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** `1.5 MiB` */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < binaryUnits.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : short(value)} ${binaryUnits[unit]}`;
}

/** `12,345`, and `1.2 M` from a million on. */
export function countText(count: number): string {
  if (Math.abs(count) >= 1e9) return `${short(count / 1e9)} G`;
  if (Math.abs(count) >= 1e6) return `${short(count / 1e6)} M`;
  return Math.round(count).toLocaleString("en-US");
}

/** Per second: `0.2`, `15`, `4,980`. */
export function rateText(perSecond: number): string {
  return perSecond !== 0 && Math.abs(perSecond) < 10 ? short(perSecond) : countText(perSecond);
}

/** `350 ms`, `2.1 s`, `5 min`, `3 h`, `2 d` */
export function durationText(ms: number): string {
  if (ms < 1) return `${short(ms)} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${short(ms / 1_000)} s`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
  if (ms < 86_400_000) return `${short(ms / 3_600_000)} h`;
  return `${short(ms / 86_400_000)} d`;
}

/** Date and time of day in the browser's zone, to the second. */
export function timeText(at: Date | number | undefined): string {
  if (at === undefined) return "";
  const date = typeof at === "number" ? new Date(at) : at;
  return Number.isNaN(date.getTime()) ? "" : date.toLocaleString("sv-SE");
}

/** `3 min ago` */
export function agoText(at: Date | number | undefined, nowMs: number): string {
  if (at === undefined) return "";
  const ms = nowMs - (typeof at === "number" ? at : at.getTime());
  return ms < 1_000 ? "now" : `${durationText(ms)} ago`;
}

function short(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${Number(value.toFixed(digits))}`;
}
