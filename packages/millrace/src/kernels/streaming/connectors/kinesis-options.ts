import type { TableDefinition } from "../../../sql/flink/relation.ts";
import type { StreamStart } from "./streams-port.ts";
import { type KnownOptions, TableOptions } from "./table-options.ts";

/** Taken by the connector since Flink 1.x, and by the one of 2.x. */
const sourceOptions: KnownOptions = {
  used: [
    ...["stream", "stream.arn", "aws.region", "aws.endpoint"],
    ...["scan.stream.initpos", "scan.stream.initpos-timestamp", "scan.stream.initpos-timestamp-format"],
    ...["source.init.position", "source.init.timestamp", "source.init.timestamp.format"],
  ],
  ignored: [
    ...[
      "aws.credentials.",
      "aws.trust.all.certificates",
      "aws.http.",
      "aws.http-client.",
      "aws.http.protocol.version",
    ],
    ...["scan.stream.", "scan.shard.", "scan.list.shards.", "source.reader.", "source.efo.", "source.shard."],
    ...["scan.watermark.emit.", "shard.", "sink."],
  ],
};

const sinkOptions: KnownOptions = {
  used: [
    "stream",
    "stream.arn",
    "aws.region",
    "aws.endpoint",
    "sink.partitioner",
    "sink.partitioner-field-delimiter",
  ],
  ignored: [
    ...["aws.credentials.", "aws.trust.all.certificates", "aws.http.", "aws.http-client."],
    ...[
      "sink.producer.",
      "sink.batch.max-size",
      "sink.requests.",
      "sink.flush-buffer.",
      "sink.fail-on-error",
    ],
    ...["scan.", "source."],
  ],
};

export type Partitioner = "fixed" | "random" | "fields";

/** A name or an ARN. */
export function streamOf(options: TableOptions): string {
  if (options.get("aws.endpoint") !== undefined)
    throw options.missing("option 'aws.endpoint': only streams of this Millrace are read and written");
  return options.required("stream.arn", "stream");
}

export function checkKinesisSource(table: TableDefinition): void {
  const options = new TableOptions(table);
  options.check("source", sourceOptions);
  streamOf(options);
  startOf(options, 0);
}

export function checkKinesisSink(table: TableDefinition): void {
  const options = new TableOptions(table);
  options.check("sink", sinkOptions);
  streamOf(options);
  partitionerOf(options, table.partitionKeys.length > 0);
}

/** Where a job without a checkpoint begins. @param startedMs what LATEST is */
export function startOf(options: TableOptions, startedMs: number): StreamStart {
  const name =
    options.get("source.init.position") === undefined ? "scan.stream.initpos" : "source.init.position";
  const position = options.oneOf(name, ["LATEST", "TRIM_HORIZON", "AT_TIMESTAMP"], "LATEST");
  if (position === "TRIM_HORIZON") return { kind: "oldest" };
  if (position === "LATEST") return { kind: "time", timeMs: startedMs };
  const text = options.required("source.init.timestamp", "scan.stream.initpos-timestamp");
  const format =
    options.get("source.init.timestamp.format") ?? options.get("scan.stream.initpos-timestamp-format");
  if (format !== undefined && format !== "yyyy-MM-dd'T'HH:mm:ss.SSSXXX")
    throw options.missing(`a timestamp format other than yyyy-MM-dd'T'HH:mm:ss.SSSXXX (${format})`);
  return { kind: "time", timeMs: timeOf(options, text) };
}

/** Seconds since 1970 with fractions, or ISO 8601 with an offset; without one it is UTC. */
function timeOf(options: TableOptions, text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(text);
  const timeMs = Date.parse(hasZone ? text : `${text}Z`);
  if (Number.isNaN(timeMs))
    throw options.error(`'${text}' is no timestamp: 2026-01-31T12:00:00.000+00:00, or seconds since 1970`);
  return timeMs;
}

/** As in Flink: by the fields of PARTITIONED BY where there are some, else at random. */
export function partitionerOf(options: TableOptions, isPartitioned: boolean): Partitioner {
  const given = options.get("sink.partitioner");
  if (isPartitioned) {
    if (given !== undefined)
      throw options.error(
        "Cannot set sink.partitioner option for a table defined with a PARTITIONED BY clause",
      );
    return "fields";
  }
  return options.oneOf("sink.partitioner", ["random", "fixed"], "random");
}
