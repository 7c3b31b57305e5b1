import { createHash } from "node:crypto";
import type { Clock } from "../../../../core/clock.ts";
import type { TableDefinition } from "../../../../sql/flink/relation.ts";
import { checkFormat } from "../../codecs/index.ts";
import type { ParquetRows } from "../../codecs/parquet/parquet-rows.ts";
import type { Connector, ConnectorContext, SinkContext } from "../../connector-port.ts";
import type { BucketObjects, ObjectsPort } from "../objects-port.ts";
import {
  checkFilesystemSink,
  checkFilesystemSource,
  type FilesystemSinkSettings,
  nullNameOf,
  sinkSettings,
  sourceSettings,
} from "./filesystem-options.ts";
import { FilesystemSink } from "./filesystem-sink.ts";
import { FilesystemSource } from "./filesystem-source.ts";
import { parquetBody } from "./parquet-body.ts";
import { PartitionCommits } from "./partition-commits.ts";
import { StagingDirectory } from "./staging-directory.ts";

export interface FilesystemParts {
  readonly objects: ObjectsPort;
  readonly clock: Clock;
  /** Where the sinks of a producer keep what waits for its checkpoint. */
  readonly stagingOf: (producer: string) => string;
}

const contentTypes: Readonly<Record<string, string>> = {
  json: "application/json",
  csv: "text/csv",
  raw: "application/octet-stream",
  parquet: "application/vnd.apache.parquet",
};
const metadata = {
  "file.path": { type: "STRING NOT NULL", isWritable: false },
  "file.name": { type: "STRING NOT NULL", isWritable: false },
  "file.size": { type: "BIGINT NOT NULL", isWritable: false },
  "file.modification-time": { type: "TIMESTAMP_LTZ(3) NOT NULL", isWritable: false },
} as const;
const extensions: Readonly<Record<string, string>> = {
  json: ".json",
  csv: ".csv",
  parquet: ".parquet",
};

/** Objects of buckets: `filesystem` with a path of S3. */
export function filesystemConnector(parts: FilesystemParts): Connector {
  /** Of the sinks that run, by producer: their subtasks mark partitions together. */
  const commits = new Map<string, PartitionCommits>();
  return {
    name: "filesystem",
    metadata,
    checkSource(table) {
      checkFilesystemSource(table);
      checkFormat(table, "source");
    },
    openSource: (table, context) => openSource(table, context, parts),
    checkSink(table) {
      checkFilesystemSink(table);
      checkFormat(table, "sink");
    },
    sinkEncoding: (table) => ({
      format: table.options["format"] ?? "",
      keys:
        table.partitionKeys.length === 0
          ? undefined
          : { kind: "hive", columns: table.partitionKeys, nullName: nullNameOf(table) },
      leaveOut: table.partitionKeys,
    }),
    openSink: (table, context) => openSink(table, context, parts, commits),
  };
}

async function openSource(
  table: TableDefinition,
  context: ConnectorContext,
  { objects, clock }: FilesystemParts,
): Promise<FilesystemSource> {
  const { path, monitorMs, isWanted } = sourceSettings(table);
  const asked = table.columns.flatMap((column, index) => {
    if (column.kind === "metadata") return [column.key];
    return table.partitionKeys.includes(index) ? [`partition.${column.field.name}`] : [];
  });
  return new FilesystemSource({
    ...{ clock, monitorMs, isWanted, bucketName: path.bucket, prefix: path.prefix },
    bucket: await objects.open(path.bucket, context),
    metadata: [...new Set(asked)],
    nullName: nullNameOf(table),
  });
}

async function openSink(
  table: TableDefinition,
  context: SinkContext,
  { objects, clock, stagingOf }: FilesystemParts,
  commits: Map<string, PartitionCommits>,
): Promise<FilesystemSink> {
  const { producer, subtask } = context;
  const settings = sinkSettings(table);
  const { path, maxFileBytes } = settings;
  const bucket = await objects.open(path.bucket, context);
  const format = table.options["format"] ?? "";
  const hash = createHash("sha256").update(producer).digest("hex").slice(0, 16);
  bucket.checkWritable(`${path.prefix}part-${hash}`);
  const left = (): void => void commits.delete(producer);
  const shared = commits.get(producer) ?? partitionCommits(settings, bucket, { context, clock, left });
  if (shared !== undefined) commits.set(producer, shared);
  return new FilesystemSink({
    ...{ bucket, clock, prefix: path.prefix, producer: hash, subtask, maxFileBytes },
    staging: new StagingDirectory(stagingOf(producer), `${hash}-${subtask}`),
    extension: extensions[format] ?? "",
    contentType: contentTypes[format] ?? "application/octet-stream",
    bodyOf: format === "parquet" ? (lines) => parquetBody(lines, () => openParquet(table)) : undefined,
    commits: shared,
  });
}

/** The writer of files is loaded by who writes one. */
async function openParquet(table: TableDefinition): Promise<ParquetRows> {
  const { ParquetRows } = await import("../../codecs/parquet/parquet-rows.ts");
  return ParquetRows.open(table, table.partitionKeys);
}

function partitionCommits(
  { path, commit }: FilesystemSinkSettings,
  bucket: BucketObjects,
  { context, clock, left }: { context: SinkContext; clock: Clock; left: () => void },
): PartitionCommits | undefined {
  if (commit === undefined) return undefined;
  const contentType = "application/octet-stream";
  return new PartitionCommits({
    ...{ policy: commit, clock, log: context.log, left },
    mark: (partition) =>
      bucket.put({
        key: `${path.prefix}${partition}${commit.successName}`,
        sizeBytes: 0,
        contentType,
        body: noBytes(),
      }),
  });
}

async function* noBytes(): AsyncGenerator<Buffer, void, void> {}
