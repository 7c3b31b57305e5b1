import { seededUuid } from "../../../core/seeded-uuid.ts";
import type { BatchIdentity } from "../sink.ts";
import { formatTime } from "./date-time-pattern.ts";
import type { Prefix } from "./prefix.ts";
import { TimeZone } from "./zoned-time.ts";

const suffixPattern = "yyyy-MM-dd-HH-mm-ss";

export interface ObjectNaming {
  readonly prefix: Prefix;
  readonly streamName: string;
  /** The delivery stream's version: 1, and one more with each UpdateDestination. */
  readonly version: string;
  /** `.gz`, `.parquet`, ...: see `extensionOf`; "" for none. */
  readonly extension: string;
  readonly timeZone?: string | undefined;
}

/**
 * `<prefix><stream>-<version>-<yyyy-MM-dd-HH-mm-ss>-<uuid><extension>`. The same for the same batch and
 * version, whenever it is asked: a batch that is delivered again replaces its own object.
 */
export function objectKey(identity: BatchIdentity, naming: ObjectNaming): string {
  const { partition, firstArrivalTimeMs: timeMs } = identity;
  const seed = [identity.scope, partition.id, identity.firstOffset, timeMs, naming.version].join("\n");
  const prefix = naming.prefix.evaluate({
    timeMs,
    seed,
    ...(partition.keys === undefined ? {} : { keys: partition.keys }),
    ...(partition.errorOutputType === undefined ? {} : { errorOutputType: partition.errorOutputType }),
  });
  const time = formatTime(suffixPattern, timeMs, new TimeZone(naming.timeZone ?? ""));
  const name = `${naming.streamName}-${naming.version}-${time}-${seededUuid(seed)}`;
  return `${prefix}${name}${naming.extension}`;
}

/** What Firehose writes after the name: `FileExtension` replaces what format or compression would add. */
export function extensionOf(settings: {
  readonly fileExtension?: string | undefined;
  readonly compression?: string | undefined;
  readonly format?: "parquet" | "orc" | undefined;
}): string {
  if (settings.fileExtension !== undefined && settings.fileExtension !== "") return settings.fileExtension;
  if (settings.format !== undefined) return `.${settings.format}`;
  return compressionExtensions.get(settings.compression ?? "") ?? "";
}

/** AWS's page says .hsnappy for Hadoop's framing, the service writes .snappy (floci docs/services/firehose.md, probed). */
const compressionExtensions: ReadonlyMap<string, string> = new Map([
  ["GZIP", ".gz"],
  ["ZIP", ".zip"],
  ["Snappy", ".snappy"],
  ["HADOOP_SNAPPY", ".snappy"],
]);
