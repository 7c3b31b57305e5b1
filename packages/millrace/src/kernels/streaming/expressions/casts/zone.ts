/** Wall clock of an instant in a zone, in milliseconds as if it were UTC. */
export function localMsOf(utcMs: number, zone: string): number {
  if (zone === "UTC") return utcMs;
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(utcMs);
  const part = (type: string): number => Number(parts.find((entry) => entry.type === type)?.value);
  const seconds = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return seconds + (utcMs - Math.floor(utcMs / 1000) * 1000);
}

/** The instant of a wall clock: the earlier one where clocks were set back, later by the gap where set forward. */
export function instantOf(localMs: number, zone: string): number {
  if (zone === "UTC") return localMs;
  const before = localMs - (localMsOf(localMs - 86_400_000, zone) - (localMs - 86_400_000));
  if (localMsOf(before, zone) === localMs) return before;
  const after = localMs - (localMsOf(localMs + 86_400_000, zone) - (localMs + 86_400_000));
  return localMsOf(after, zone) === localMs ? after : before;
}
