import { compileJavaPattern } from "../../../../sql/flink/functions/regexp/compiled-pattern.ts";
import type { TableDefinition } from "../../../../sql/flink/relation.ts";
import { type KnownOptions, TableOptions } from "../table-options.ts";
import { type PartitionTime, partitionTimeOf } from "./partition-time.ts";

const sourceNames = ["source.monitor-interval", "source.path.regex-pattern"] as const;
const sinkNames = [
  "sink.rolling-policy.file-size",
  "sink.rolling-policy.rollover-interval",
  "sink.rolling-policy.check-interval",
  "sink.rolling-policy.inactivity-interval",
  "auto-compaction",
  "sink.partition-commit.trigger",
  "sink.partition-commit.delay",
  "sink.partition-commit.watermark-time-zone",
  "sink.partition-commit.policy.kind",
  "sink.partition-commit.success-file.name",
  "partition.time-extractor.kind",
  "partition.time-extractor.timestamp-pattern",
  "partition.time-extractor.timestamp-formatter",
] as const;
const bothNames = ["path", "partition.default-name"] as const;

const sourceOptions: KnownOptions = {
  used: [...bothNames, ...sourceNames],
  ignored: [...sinkNames, "source.report-statistics", "sink.", "compaction.file-size"],
};
const sinkOptions: KnownOptions = {
  used: [...bothNames, ...sinkNames],
  ignored: [...sourceNames, "source.report-statistics", "sink.shuffle-by-partition.enable"],
};

/** As Flink writes files of row formats. */
const defaultFileBytes = 128 * 1024 * 1024;
const defaultPartitionName = "__DEFAULT_PARTITION__";

/** A bucket, and what the keys of a table's objects begin with: nothing, or letters with a slash at the end. */
export interface ObjectPath {
  readonly bucket: string;
  readonly prefix: string;
}

/** When a partition is complete, and which object says so. */
export interface CommitPolicy {
  readonly successName: string;
  readonly delayMs: number;
  /** Of a partition's values; undefined: by the clock, from when the partition was first written. */
  readonly timeOf: PartitionTime | undefined;
}

export interface FilesystemSinkSettings {
  readonly path: ObjectPath;
  readonly maxFileBytes: number;
  /** Undefined: partitions are not marked. */
  readonly commit: CommitPolicy | undefined;
}

export function checkFilesystemSource(table: TableDefinition): void {
  const options = new TableOptions(table);
  options.check("source", sourceOptions);
  sourceSettings(table);
}

export interface FilesystemSourceSettings {
  readonly path: ObjectPath;
  /** Undefined: what is there at the start is all. */
  readonly monitorMs: number | undefined;
  /** By the key of an object. */
  readonly isWanted: (key: string) => boolean;
}

export function sourceSettings(table: TableDefinition): FilesystemSourceSettings {
  const options = new TableOptions(table);
  const name = "source.monitor-interval";
  const monitorMs = options.get(name) === undefined ? undefined : options.durationMs(name, 0);
  if (monitorMs === 0) throw options.error(`option '${name}' is more than 0`);
  return { path: pathOf(options), monitorMs, isWanted: wantedKeys(options) };
}

/** The pattern is for the whole path behind the bucket, as Flink has it: `/folder/.*` */
function wantedKeys(options: TableOptions): (key: string) => boolean {
  const text = options.get("source.path.regex-pattern");
  if (text === undefined) return () => true;
  const pattern = compileJavaPattern(`^(?:${text})$`);
  if (pattern === undefined) throw options.error(`option 'source.path.regex-pattern' is no pattern: ${text}`);
  return (key) => pattern.test(`/${key}`);
}

export function checkFilesystemSink(table: TableDefinition): void {
  new TableOptions(table).check("sink", sinkOptions);
  sinkSettings(table);
}

/** @throws SqlError for other places than buckets */
export function pathOf(options: TableOptions): ObjectPath {
  const path = options.required("path");
  const [, scheme, bucket, key = ""] = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)(?:\/(.*))?$/i.exec(path) ?? [];
  if (scheme === undefined || bucket === undefined)
    throw options.missing(`a path of the local disk (${path}): write s3://bucket/prefix`);
  if (!/^s3[an]?$/i.test(scheme))
    throw options.missing(`paths of scheme '${scheme}': write s3://bucket/prefix`);
  if (bucket === "") throw options.error(`path '${path}' names no bucket: s3://bucket/prefix`);
  const prefix = key.split("/").filter((part) => part !== "");
  return { bucket, prefix: prefix.length === 0 ? "" : `${prefix.join("/")}/` };
}

/** The name of a partition whose value is NULL or empty. */
export function nullNameOf(table: TableDefinition): string {
  return new TableOptions(table).get("partition.default-name") ?? defaultPartitionName;
}

export function sinkSettings(table: TableDefinition): FilesystemSinkSettings {
  const options = new TableOptions(table);
  if (options.oneOf("auto-compaction", ["true", "false"], "false") === "true")
    throw options.missing("option 'auto-compaction'");
  // A file never waits for longer than a checkpoint, so that these have nothing left to say.
  for (const name of ["rollover", "check", "inactivity"])
    options.durationMs(`sink.rolling-policy.${name}-interval`, 0);
  const maxFileBytes = options.bytes("sink.rolling-policy.file-size", defaultFileBytes);
  if (maxFileBytes === 0) throw options.error("option 'sink.rolling-policy.file-size' is more than 0");
  return { path: pathOf(options), maxFileBytes, commit: commitPolicyOf(table, options) };
}

function commitPolicyOf(table: TableDefinition, options: TableOptions): CommitPolicy | undefined {
  const kinds = (options.get("sink.partition-commit.policy.kind") ?? "")
    .split(",")
    .map((kind) => kind.trim());
  for (const kind of kinds) {
    if (kind === "metastore" || kind === "custom")
      throw options.missing(`'sink.partition-commit.policy.kind' = '${kind}'`);
    if (kind !== "success-file" && kind !== "")
      throw options.error(`option 'sink.partition-commit.policy.kind' is success-file, not '${kind}'`);
  }
  const trigger = options.oneOf(
    "sink.partition-commit.trigger",
    ["process-time", "partition-time"],
    "process-time",
  );
  const timeOf = trigger === "partition-time" ? partitionTimeOf(table, options) : undefined;
  const delayMs = options.durationMs("sink.partition-commit.delay", 0);
  const successName = options.get("sink.partition-commit.success-file.name") ?? "_SUCCESS";
  if (!kinds.includes("success-file") || table.partitionKeys.length === 0) return undefined;
  return { successName, delayMs, timeOf };
}
