import { serviceTargets } from "../../server/service-targets.ts";
import { CheckedValue } from "./checked-value.ts";

/** A stream, and what is put into it when it is new. */
export interface StreamSeed {
  readonly name: string;
  /** Undefined means on demand. */
  readonly shards: number | undefined;
  readonly retentionHours: number | undefined;
  /** jq expression that finds a record's partition key; random when undefined. */
  readonly key: string | undefined;
  readonly records: RecordsSeed;
}

/** Values, or the lines of a file: `@clicks.jsonl`. */
export type RecordsSeed = readonly unknown[] | { readonly file: string };

export interface BucketSeed {
  readonly name: string;
  readonly objects: readonly ObjectSeed[];
}

export interface ObjectSeed {
  readonly key: string;
  /** Text, or a file: `@logo.png`. */
  readonly body: { readonly text: string } | { readonly file: string };
}

export interface TableSeed {
  readonly name: string;
  readonly partitionKey: KeySeed;
  readonly sortKey: KeySeed | undefined;
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

export interface KeySeed {
  readonly name: string;
  readonly type: "S" | "N" | "B";
}

export interface DatabaseSeed {
  readonly name: string;
  readonly tables: readonly CatalogTableSeed[];
}

export interface CatalogTableSeed {
  readonly name: string;
  readonly columns: readonly ColumnSeed[];
  readonly partitionKeys: readonly ColumnSeed[];
  readonly location: string | undefined;
  readonly format: CatalogFormat;
}

export interface ColumnSeed {
  readonly name: string;
  readonly type: string;
}

export const catalogFormats = ["json", "csv", "parquet"] as const;
export type CatalogFormat = (typeof catalogFormats)[number];

export interface DeliverySeed {
  readonly name: string;
  readonly bucket: string;
  /** A data stream; direct puts when undefined. */
  readonly source: string | undefined;
  readonly prefix: string | undefined;
  readonly compression: string | undefined;
  readonly bufferSeconds: number;
  readonly bufferMiB: number;
}

export interface CallSeed {
  /** In the file: `calls[3]`. */
  readonly path: string;
  readonly service: string;
  readonly operation: string;
  readonly input: object;
}

/** What one file of JSON says that is to be there. */
export interface SeedDocument {
  readonly buckets: readonly BucketSeed[];
  readonly streams: readonly StreamSeed[];
  readonly tables: readonly TableSeed[];
  readonly databases: readonly DatabaseSeed[];
  readonly deliveryStreams: readonly DeliverySeed[];
  readonly calls: readonly CallSeed[];
  /** Statements, or `@file.sql`. */
  readonly sql: readonly string[];
}

const members = [
  "buckets",
  "streams",
  "dynamodbTables",
  "glueDatabases",
  "deliveryStreams",
  "calls",
  "sql",
] as const;

/** Reads a file's JSON: an object of resources, or a list of AWS calls. @throws CommandError that names the key */
export function seedDocument(value: unknown, file: string): SeedDocument {
  const root = new CheckedValue(value, file);
  const isList = Array.isArray(value);
  const found: Partial<Record<(typeof members)[number], CheckedValue>> = isList ? {} : root.members(members);
  const named = <T>(from: CheckedValue | undefined, read: (name: string, value: CheckedValue) => T): T[] =>
    from?.entries().map(([name, member]) => read(name, member)) ?? [];
  return {
    buckets: named(found.buckets, bucketSeed),
    streams: named(found.streams, streamSeed),
    tables: named(found.dynamodbTables, tableSeed),
    databases: named(found.glueDatabases, databaseSeed),
    deliveryStreams: named(found.deliveryStreams, deliverySeed),
    calls: (isList ? root : found.calls)?.items().map(callSeed) ?? [],
    sql: found.sql === undefined ? [] : texts(found.sql),
  };
}

function streamSeed(name: string, value: CheckedValue): StreamSeed {
  const { shards, retentionHours, key, records } = value.members([
    "shards",
    "retentionHours",
    "key",
    "records",
  ]);
  return {
    name,
    shards: shards?.wholeNumber(1, 10_000),
    retentionHours: retentionHours?.wholeNumber(24, 8_760),
    key: key?.text(),
    records: records === undefined ? [] : recordsSeed(records),
  };
}

function recordsSeed(records: CheckedValue): RecordsSeed {
  if (typeof records.value !== "string") return records.items().map(({ value }) => value);
  const file = fileIn(records);
  return file === undefined ? records.wrong('a list, or a file such as "@records.jsonl"') : { file };
}

function bucketSeed(name: string, value: CheckedValue): BucketSeed {
  const { objects } = value.members(["objects"]);
  return {
    name,
    objects:
      objects?.entries().map(([key, body]) => {
        const file = fileIn(body);
        if (file !== undefined) return { key, body: { file } };
        return {
          key,
          body: { text: typeof body.value === "string" ? body.value : JSON.stringify(body.value) },
        };
      }) ?? [],
  };
}

function tableSeed(name: string, value: CheckedValue): TableSeed {
  const { partitionKey, sortKey, items } = value.members(["partitionKey", "sortKey", "items"]);
  if (partitionKey === undefined) return value.wrong("an object with a partitionKey");
  return {
    name,
    partitionKey: keySeed(partitionKey),
    sortKey: sortKey === undefined ? undefined : keySeed(sortKey),
    items:
      items
        ?.items()
        .map((item) => Object.fromEntries(item.entries().map(([key, each]) => [key, each.value]))) ?? [],
  };
}

/** `id`, or `id:N` for another type than a text. */
function keySeed(value: CheckedValue): KeySeed {
  const [, name, type = "S"] = /^(.+?)(?::([SNB]))?$/.exec(value.text()) ?? [];
  if (name === undefined || (type !== "S" && type !== "N" && type !== "B"))
    return value.wrong('a name such as "id", or "id:N" for a number');
  return { name, type };
}

function databaseSeed(name: string, value: CheckedValue): DatabaseSeed {
  const { tables } = value.members(["tables"]);
  return { name, tables: tables?.entries().map(([table, each]) => catalogTableSeed(table, each)) ?? [] };
}

function catalogTableSeed(name: string, value: CheckedValue): CatalogTableSeed {
  const { columns, partitionKeys, location, format } = value.members([
    "columns",
    "partitionKeys",
    "location",
    "format",
  ]);
  if (columns === undefined) return value.wrong('an object with columns, such as { "page": "string" }');
  return {
    name,
    columns: columnsOf(columns),
    partitionKeys: partitionKeys === undefined ? [] : columnsOf(partitionKeys),
    location: location?.text(),
    format: format?.oneOf(catalogFormats) ?? "json",
  };
}

function columnsOf(value: CheckedValue): readonly ColumnSeed[] {
  return value.entries().map(([name, type]) => ({ name, type: type.text() }));
}

function deliverySeed(name: string, value: CheckedValue): DeliverySeed {
  const { bucket, source, prefix, compression, bufferSeconds, bufferMiB } = value.members([
    "bucket",
    "source",
    "prefix",
    "compression",
    "bufferSeconds",
    "bufferMiB",
  ]);
  return {
    name,
    bucket: bucket?.text() ?? value.wrong("an object with a bucket"),
    source: source?.text(),
    prefix: prefix?.text(),
    compression: compression?.oneOf(["UNCOMPRESSED", "GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY"]),
    bufferSeconds: bufferSeconds?.wholeNumber(0, 900) ?? 5,
    bufferMiB: bufferMiB?.wholeNumber(1, 128) ?? 5,
  };
}

function callSeed(value: CheckedValue): CallSeed {
  const { service, operation, input } = value.members(["service", "operation", "input"]);
  if (service === undefined || operation === undefined)
    return value.wrong("an object with service and operation");
  return {
    path: value.path,
    service: service.oneOf([...serviceTargets().keys()]),
    operation: operation.text(),
    input:
      input === undefined ? {} : Object.fromEntries(input.entries().map(([key, each]) => [key, each.value])),
  };
}

function texts(value: CheckedValue): readonly string[] {
  return typeof value.value === "string" ? [value.text()] : value.items().map((item) => item.text());
}

/** `clicks.jsonl` of `@clicks.jsonl`. */
function fileIn({ value }: CheckedValue): string | undefined {
  return typeof value === "string" && value.startsWith("@") ? value.slice(1) : undefined;
}
