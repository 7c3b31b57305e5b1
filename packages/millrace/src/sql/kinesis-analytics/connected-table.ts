import { literalText, quotedName } from "../flink/format/text-writer.ts";
import { SqlError } from "../sql-error.ts";
import type { StreamColumn } from "./analytics-statement.ts";
import type { ApplicationInput, ApplicationOutput, ReferenceTable, StreamEnd } from "./application-schema.ts";
import { flinkTypeText } from "./column-type.ts";
import { recordColumnsOf } from "./record-columns.ts";

/** What a record of a stream says beside its data: column of the application, metadata of the connector. */
const RECORD_COLUMNS = [
  { name: "APPROXIMATE_ARRIVAL_TIME", key: "timestamp", type: "TIMESTAMP_LTZ(3)", cast: "TIMESTAMP(3)" },
  { name: "PARTITION_KEY", key: "partition-key", type: "STRING", cast: undefined },
  { name: "SEQUENCE_NUMBER", key: "sequence-number", type: "STRING", cast: undefined },
  { name: "SHARD_ID", key: "shard-id", type: "STRING", cast: undefined },
] as const;

const withText = (options: Readonly<Record<string, string>>): string =>
  `WITH (${Object.entries(options)
    .map(([key, value]) => `${literalText(key)} = ${literalText(value)}`)
    .join(", ")})`;

/** The names of an input's in-application streams: `<prefix>_001` and so on. */
export const inputStreamNames = ({ namePrefix, parallelism }: ApplicationInput): readonly string[] =>
  Array.from({ length: parallelism }, (_, index) => `${namePrefix}_${String(index + 1).padStart(3, "0")}`);

/** The table of an input, and a view for each of its in-application streams, which share its shards. */
export function inputTexts(input: ApplicationInput): readonly string[] {
  const table = quotedName(`${input.namePrefix} source`);
  const { physical, selected, options } = recordColumnsOf(input.schema);
  const metadata = RECORD_COLUMNS.map(
    ({ name, key, type }) => `${quotedName(`$${name}`)} ${type} METADATA FROM ${literalText(key)} VIRTUAL`,
  );
  const recordColumns = RECORD_COLUMNS.map(({ name, cast }) => {
    const column = quotedName(`$${name}`);
    return `${cast === undefined ? column : `CAST(${column} AS ${cast})`} AS ${quotedName(name)}`;
  });
  const items = [...selected, ...recordColumns, "PROCTIME() AS `ROWTIME`"].join(", ");
  const names = inputStreamNames(input);
  const shard = `CAST(SUBSTRING(${quotedName("$SHARD_ID")}, 9) AS BIGINT)`;
  return [
    `CREATE TEMPORARY TABLE ${table} (${[...physical, ...metadata].join(", ")}) ${withText({
      ...sourceOptions(input),
      ...options,
    })}`,
    ...names.map((name, index) => {
      const part = names.length === 1 ? "" : ` WHERE MOD(${shard}, ${names.length}) = ${index}`;
      return `CREATE TEMPORARY VIEW ${quotedName(name)} AS SELECT ${items} FROM ${table}${part}`;
    }),
  ];
}

function sourceOptions({ source, startingPosition, namePrefix }: ApplicationInput): Record<string, string> {
  if (source.kind === "firehose") {
    const message = `input "${namePrefix}": a delivery stream cannot be read: Firehose is a destination; read its source stream or what it delivers to S3`;
    throw new SqlError("0A000", message);
  }
  const options = {
    connector: "kinesis",
    "stream.arn": source.streamArn,
    "aws.region": regionOf(source.streamArn),
  };
  if (startingPosition === undefined || typeof startingPosition === "string") {
    return { ...options, "source.init.position": startingPosition ?? "LATEST" };
  }
  return {
    ...options,
    "source.init.position": "AT_TIMESTAMP",
    "source.init.timestamp": new Date(startingPosition.timestampMs).toISOString(),
    "source.init.timestamp.format": "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
  };
}

const regionOf = (arn: string): string => arn.split(":")[3] ?? "";

/** A table of an object in S3, and a view with the names of the application. */
export function referenceTexts({ tableName, schema, bucketArn, fileKey }: ReferenceTable): readonly string[] {
  const table = quotedName(`${tableName} source`);
  const { physical, selected, options } = recordColumnsOf(schema);
  const bucket = bucketArn.split(":").at(-1) ?? "";
  return [
    `CREATE TEMPORARY TABLE ${table} (${physical.join(", ")}) ${withText({
      connector: "filesystem",
      path: `s3://${bucket}/${fileKey}`,
      ...options,
    })}`,
    `CREATE TEMPORARY VIEW ${quotedName(tableName)} AS SELECT ${selected.join(", ")} FROM ${table}`,
  ];
}

/** The table that an in-application stream flows out to. */
export function outputText(
  table: string,
  { destination, recordFormat }: ApplicationOutput,
  columns: readonly StreamColumn[],
): string {
  const list = columns.map(({ name, type }) => `${quotedName(name.name)} ${flinkTypeText(type)}`);
  return `CREATE TEMPORARY TABLE ${quotedName(table)} (${list.join(", ")}) ${withText({
    ...sinkOptions(destination),
    format: recordFormat === "CSV" ? "csv" : "json",
  })}`;
}

function sinkOptions(destination: StreamEnd): Record<string, string> {
  if (destination.kind === "kinesis") {
    const { streamArn } = destination;
    return { connector: "kinesis", "stream.arn": streamArn, "aws.region": regionOf(streamArn) };
  }
  const { deliveryStreamArn } = destination;
  return {
    connector: "firehose",
    "delivery-stream": deliveryStreamArn.split("/").at(-1) ?? "",
    "aws.region": regionOf(deliveryStreamArn),
  };
}
