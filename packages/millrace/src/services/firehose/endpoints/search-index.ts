/** How often records go to another index; the same values for OpenSearch and Elasticsearch. */
export type RotationPeriod = "NoRotation" | "OneHour" | "OneDay" | "OneWeek" | "OneMonth";

const dayMs = 86_400_000;
const saturday = 6;

/**
 * The index of a record by its time of arrival, in UTC:
 *
 * ```
 * OneHour   name-2016-02-25-13
 * OneDay    name-2016-02-25
 * OneWeek   name-2016-w09
 * OneMonth  name-2016-02
 * ```
 *
 * Source: "Configure index rotation for OpenSearch Service" of Firehose's documentation. Weeks begin on Sunday,
 * and the first one of a year is the one with its first Saturday.
 */
export function rotatedIndex(name: string, period: RotationPeriod, arrivalTimeMs: number): string {
  const time = new Date(arrivalTimeMs).toISOString();
  switch (period) {
    case "NoRotation":
      return name;
    case "OneHour":
      return `${name}-${time.slice(0, 10)}-${time.slice(11, 13)}`;
    case "OneDay":
      return `${name}-${time.slice(0, 10)}`;
    case "OneWeek":
      return `${name}-${weekOf(arrivalTimeMs)}`;
    case "OneMonth":
      return `${name}-${time.slice(0, 7)}`;
  }
}

/** A week belongs to the year of its Saturday. */
function weekOf(timeMs: number): string {
  const end = new Date(timeMs + (saturday - new Date(timeMs).getUTCDay()) * dayMs);
  const year = end.getUTCFullYear();
  const week = Math.floor((end.getTime() - Date.UTC(year, 0, 1)) / dayMs / 7) + 1;
  return `${year}-w${String(week).padStart(2, "0")}`;
}
