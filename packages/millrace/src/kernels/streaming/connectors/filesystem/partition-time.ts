import { modernParser } from "../../../../sql/flink/functions/time/date-parser.ts";
import { timestampOfText } from "../../../../sql/flink/functions/time/default-date-texts.ts";
import { fromLocal, TimeZones } from "../../../../sql/flink/functions/time/time-zone.ts";
import type { TableDefinition } from "../../../../sql/flink/relation.ts";
import type { TableOptions } from "../table-options.ts";
import { partitionValues } from "./partition-path.ts";

/** The instant that a partition's path says; undefined when its values are no time. */
export type PartitionTime = (partition: string) => number | undefined;

/**
 * The time of a partition from its values: `timestamp-pattern` puts them together (`$dt $hour:00:00`; the first
 * one alone without it), `timestamp-formatter` reads the text. @throws SqlError
 */
export function partitionTimeOf(table: TableDefinition, options: TableOptions): PartitionTime {
  const kind = options.get("partition.time-extractor.kind") ?? "default";
  if (kind !== "default") throw options.missing(`'partition.time-extractor.kind' = '${kind}'`);
  const names = table.partitionKeys.map((column) => table.columns[column]?.field.name ?? "");
  const pattern = options.get("partition.time-extractor.timestamp-pattern") ?? `$${names[0] ?? ""}`;
  const formatter = options.get("partition.time-extractor.timestamp-formatter");
  const parse =
    formatter === undefined ? (text: string) => timestampOfText(text, 3) : modernParser(formatter);
  const zoneName = options.get("sink.partition-commit.watermark-time-zone") ?? "UTC";
  const zone = new TimeZones().find(zoneName);
  if (zone === undefined) throw options.error(`there is no time zone '${zoneName}'`);
  // The longest name first, so that $day is not taken for $d and the letters ay.
  const longestFirst = [...names].sort((a, b) => b.length - a.length);
  return (partition) => {
    const values = partitionValues(partition);
    let text = pattern;
    for (const name of longestFirst) text = text.replaceAll(`$${name}`, () => values.get(name) ?? "");
    const localMs = parse(text);
    return localMs === undefined ? undefined : fromLocal(localMs, zone);
  };
}
