import type { ColumnStatistics } from "@aws-sdk/client-glue";

/** The kind of attachment that statistics are to their table or partition, by the column's name. */
export const statisticsKind = "column-statistics";

type Plain = null | boolean | number | string | Plain[] | { [name: string]: Plain };

/** Statistics as JSON can say them: dates as { date: ISO text }, bytes as { bytes: base64 }. */
export function statisticsDocument(statistics: ColumnStatistics): Plain {
  return plainOf(statistics);
}

export function statisticsOf(document: unknown): ColumnStatistics {
  return revived(document as Plain) as unknown as ColumnStatistics;
}

function plainOf(value: unknown): Plain {
  if (value instanceof Date) return { date: value.toISOString() };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("base64") };
  if (typeof value !== "object" || value === null) return value as Plain;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([name, member]) => [name, plainOf(member)]));
}

function revived(plain: Plain): unknown {
  if (typeof plain !== "object" || plain === null || Array.isArray(plain)) return plain;
  if (typeof plain["date"] === "string") return new Date(plain["date"]);
  if (typeof plain["bytes"] === "string") return new Uint8Array(Buffer.from(plain["bytes"], "base64"));
  return Object.fromEntries(Object.entries(plain).map(([name, member]) => [name, revived(member)]));
}
