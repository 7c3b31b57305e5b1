import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { engineType } from "../../../sql/redshift/type-text.ts";
import type { SqlType } from "../../../sql/redshift/types.ts";
import { quoteName, quoteString } from "../engine/quote.ts";
import { fileName, partitionFolder } from "./file-names.ts";
import type { UnloadColumn } from "./unload-columns.ts";
import type { UnloadJob } from "./unload-lines.ts";

/** Rows of a group that the engine writes at least and at most. */
const minGroupRows = 2_048;
const maxGroupRows = 1_048_576;

/** A file that the engine has written. */
interface StagedFile {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

interface StagedGroup {
  readonly folder: string;
  readonly slice: number;
  readonly files: StagedFile[];
}

/** The engine writes Parquet files into the cluster's temporary folder; then they go to S3, folder by folder. */
export async function unloadParquet(job: UnloadJob): Promise<void> {
  const { host, connection } = job.context;
  await mkdir(host.temporaryDirectory, { recursive: true });
  const staging = await mkdtemp(join(host.temporaryDirectory, "unload-"));
  try {
    const out = join(staging, "out");
    const keys = ["slice", ...job.columns.partitions.map((_, i) => `p${i}`)];
    const rows = await connection.rows(
      `COPY (SELECT ${[...job.columns.written.map(fileColumn), ...keys].join(", ")} FROM (${job.source.sql}) AS q(${job.source.names.join(", ")})) ` +
        `TO ${quoteString(out)} (${formatOptions(job)}, PARTITION_BY (${keys.join(", ")}), WRITE_PARTITION_COLUMNS false, RETURN_STATS true)`,
    );
    const files = rows.map(([path, count, bytes]) => ({
      ...{ path: String(path), rows: Number(count), bytes: Number(bytes) },
    }));
    job.context.checkCancelled();
    const groups = groupsOf(files, out, job);
    let folder: string | undefined;
    for (const group of groups) {
      if (group.folder !== folder) await cleanFolder(group.folder, job);
      folder = group.folder;
      await putGroup(group, staging, job);
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Names that the files show must not be those of the keys, so the latter are only names of folders. */
function fileColumn({ name, type, index }: UnloadColumn): string {
  return `${fileValue(`k${index}`, type)} AS ${quoteName(name)}`;
}

function fileValue(column: string, type: SqlType): string {
  // AWS: of a timestamptz only the timestamp is unloaded, without its zone.
  if (type.name === "timestamptz") return `(${column} AT TIME ZONE 'UTC')`;
  if (type.name === "character") return `rpad(${column}, ${type.length ?? 1}, ' ')`;
  return `CAST(${column} AS ${engineType(type)})`;
}

function formatOptions({ settings, columns }: UnloadJob): string {
  const rowBytes = columns.written.reduce((bytes, { type }) => bytes + widthOf(type), 0);
  const rows = Math.round(settings.rowGroupBytes / rowBytes / minGroupRows) * minGroupRows;
  const groupRows = Math.min(maxGroupRows, Math.max(minGroupRows, rows));
  return `FORMAT parquet, COMPRESSION snappy, PARQUET_VERSION v1, ROW_GROUP_SIZE ${groupRows}`;
}

/** About the bytes of a value. */
function widthOf({ name, length }: SqlType): number {
  if (name === "super") return 256;
  if (name === "character" || name === "character varying") return Math.min(length ?? 32, 32);
  return name === "numeric" ? 16 : 8;
}

/** `out/slice=0/p0=a%2Fb/data_0.parquet`, in the order of folders and slices. */
function groupsOf(files: readonly StagedFile[], out: string, { settings }: UnloadJob): StagedGroup[] {
  const groups = new Map<string, StagedGroup>();
  for (const file of files) {
    const [first = "", ...parts] = relative(out, file.path).split(sep).slice(0, -1);
    const values = parts.map((part) => {
      const text = decodeURIComponent(part.slice(part.indexOf("=") + 1));
      return text === "__HIVE_DEFAULT_PARTITION__" ? null : text;
    });
    const folder = partitionFolder(settings.partitionBy, values);
    const slice = Number(first.slice(first.indexOf("=") + 1));
    const name = `${folder}/${slice}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { folder, slice, files: [file] });
    else group.files.push(file);
  }
  return [...groups.values()].sort((a, b) => compare(a.folder, b.folder) || a.slice - b.slice);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function cleanFolder(folder: string, { settings, target }: UnloadJob): Promise<void> {
  if (!settings.cleanPath || settings.partitionBy.length === 0) return;
  await target.clean(target.prefix + folder);
}

async function putGroup(
  { folder, slice, files }: StagedGroup,
  staging: string,
  job: UnloadJob,
): Promise<void> {
  const { target, settings, context, written } = job;
  const { clock } = context.host;
  let part = 0;
  for (const whole of files) {
    for await (const file of sized(whole, staging, job)) {
      context.checkCancelled();
      const startedAtMs = clock.now();
      const key = target.prefix + folder + fileName(slice, part++, settings);
      const body = createReadStream(file.path, { signal: context.signal });
      const { bytes } = await target.put(key, body, "application/octet-stream");
      const { rows } = file;
      written.push({ key, slice, rows, lines: rows, bytes, startedAtMs, endedAtMs: clock.now() });
    }
    await rm(whole.path, { force: true });
  }
}

/** The file, or what it is split into when it is larger than MAXFILESIZE. */
async function* sized(
  file: StagedFile,
  staging: string,
  job: UnloadJob,
): AsyncGenerator<StagedFile, void, void> {
  const { maxFileBytes } = job.settings;
  if (file.bytes <= maxFileBytes) {
    yield file;
    return;
  }
  const folder = join(staging, "parts");
  // The engine ends a file with the row group that makes it full.
  const rows = await job.context.connection.rows(
    `COPY (SELECT * FROM read_parquet(${quoteString(file.path)}, hive_partitioning = false)) TO ${quoteString(folder)} ` +
      `(FORMAT parquet, COMPRESSION snappy, PARQUET_VERSION v1, ROW_GROUP_SIZE ${minGroupRows * 10}, FILE_SIZE_BYTES ${Math.floor(maxFileBytes * 0.9)}, PER_THREAD_OUTPUT false, RETURN_STATS true)`,
  );
  const counts = new Map(rows.map(([path, count]) => [String(path), Number(count)]));
  for (const name of (await readdir(folder)).sort((a, b) => a.length - b.length || compare(a, b))) {
    const path = join(folder, name);
    yield { path, rows: counts.get(path) ?? 0, bytes: (await stat(path)).size };
  }
  await rm(folder, { recursive: true });
}
