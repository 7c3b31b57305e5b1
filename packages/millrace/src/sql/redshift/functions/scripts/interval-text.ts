/** An interval as PostgreSQL writes it: `1 year 2 mons 3 days 04:05:06.5`, `-1 days +02:03:00`. */
export function intervalText(months: bigint, days: bigint, microseconds: bigint): string {
  const parts: string[] = [];
  const years = months / 12n;
  const rest = months % 12n;
  addPart(parts, years, "year");
  addPart(parts, rest, "mon");
  addPart(parts, days, "day");
  if (microseconds === 0n && parts.length > 0) return parts.join(" ");
  const negative = microseconds < 0n;
  const size = negative ? -microseconds : microseconds;
  const signed = negative ? "-" : hasNegative(parts) ? "+" : "";
  return [...parts, `${signed}${clock(size)}`].join(" ");
}

function hasNegative(parts: readonly string[]): boolean {
  return parts.at(-1)?.startsWith("-") ?? false;
}

function addPart(parts: string[], count: bigint, unit: string): void {
  if (count === 0n) return;
  const sign = count > 0n && hasNegative(parts) ? "+" : "";
  parts.push(`${sign}${count} ${unit}${count === 1n ? "" : "s"}`);
}

function clock(microseconds: bigint): string {
  const seconds = microseconds / 1_000_000n;
  const two = (value: bigint): string => String(value).padStart(2, "0");
  const fraction = String(microseconds % 1_000_000n)
    .padStart(6, "0")
    .replace(/0+$/, "");
  const text = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  return fraction === "" ? text : `${text}.${fraction}`;
}
