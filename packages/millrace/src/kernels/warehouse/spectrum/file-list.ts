import { SqlError } from "../../../sql/sql-error.ts";
import type { FoundObject, StatementObjects } from "../objects-port.ts";
import { asked } from "./external-errors.ts";

export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

/** A file of an external table. */
export interface ListedFile extends ObjectPlace {
  readonly bytes: number;
}

/** Bytes of a manifest; it is held in memory. */
const maxManifestBytes = 64 * 1024 * 1024;

/** @throws SqlError for what is no place in S3 */
export function placeOf(location: string): ObjectPlace {
  const found = /^s3[an]?:\/\/([^/]+)(?:\/(.*))?$/s.exec(location);
  if (found === null) throw new SqlError("22023", `Invalid location "${location}": it must begin with s3://`);
  return { bucket: found[1] ?? "", key: found[2] ?? "" };
}

/** As readers of Hive have it: names that begin with `_`, `.` or `#`, or end with `~`, are not data. */
function isHidden(key: string): boolean {
  return key.split("/").some((part) => /^[_.#]/.test(part)) || key.endsWith("~");
}

/**
 * The files at a location: those below a folder, or those that a manifest names. Empty objects have no rows, and
 * many of them only mark folders: they are left out.
 */
export async function* filesAt(location: string, objects: StatementObjects): AsyncGenerator<ListedFile> {
  const { bucket, key } = placeOf(location);
  if (key !== "" && !key.endsWith("/")) {
    const only = await exactly(bucket, key, objects);
    if (only !== undefined) {
      const files = await manifestFiles(bucket, only, objects);
      if (files === undefined) yield { bucket, key, bytes: only.bytes };
      else yield* files;
      return;
    }
  }
  const prefix = key === "" || key.endsWith("/") ? key : `${key}/`;
  const found = objects.list(bucket, prefix)[Symbol.asyncIterator]();
  for (;;) {
    const next = await asked(() => found.next());
    if (next.done === true) return;
    const { key: name, bytes } = next.value;
    if (bytes > 0 && !isHidden(name.slice(prefix.length))) yield { bucket, key: name, bytes };
  }
}

async function exactly(
  bucket: string,
  key: string,
  objects: StatementObjects,
): Promise<FoundObject | undefined> {
  const found = objects.list(bucket, key)[Symbol.asyncIterator]();
  try {
    // An object sorts before all of those that its name is a prefix of.
    const first = await asked(() => found.next());
    return first.done !== true && first.value.key === key && first.value.bytes > 0 ? first.value : undefined;
  } finally {
    await found.return?.(undefined);
  }
}

/** Undefined for a file that is none. @throws SqlError for a mandatory file that is missing */
async function manifestFiles(
  bucket: string,
  { key, bytes }: FoundObject,
  objects: StatementObjects,
): Promise<readonly ListedFile[] | undefined> {
  if (bytes > maxManifestBytes) return undefined;
  const entries = manifestEntries(await textOf(bucket, key, objects));
  if (entries === undefined) return undefined;
  const files: ListedFile[] = [];
  for (const { url, mandatory, contentLength } of entries) {
    const place = placeOf(url);
    const found = await exactly(place.bucket, place.key, objects);
    if (found !== undefined) files.push({ ...place, bytes: found.bytes });
    if (found !== undefined && contentLength !== undefined && contentLength !== found.bytes)
      throw new SqlError("XX000", `Mandatory file size mismatch: ${url}`, {
        detail: `The manifest says ${contentLength} bytes; the file has ${found.bytes}.`,
      });
    if (found === undefined && mandatory)
      throw new SqlError("XX000", `Mandatory url is not present in manifest file: ${url}`);
  }
  return files;
}

async function textOf(bucket: string, key: string, objects: StatementObjects): Promise<string> {
  const opened = await asked(() => objects.open(bucket, key));
  try {
    const pieces: Uint8Array[] = [];
    for await (const piece of opened.stream()) {
      if (pieces.length === 0 && !/^\s*\{/.test(Buffer.from(piece.subarray(0, 64)).toString("latin1")))
        return "";
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString("utf8");
  } finally {
    await opened.close();
  }
}

interface ManifestEntry {
  readonly url: string;
  readonly mandatory: boolean;
  readonly contentLength: number | undefined;
}

/** `{"entries": [{"url": "s3://...", "mandatory": true, "meta": {"content_length": 1}}]}` */
function manifestEntries(text: string): readonly ManifestEntry[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null || !("entries" in parsed)) return undefined;
  const { entries } = parsed;
  if (!Array.isArray(entries)) return undefined;
  return entries.map((entry: { url?: unknown; mandatory?: unknown; meta?: { content_length?: unknown } }) => {
    if (typeof entry?.url !== "string")
      throw new SqlError("XX000", "Manifest file is not in correct json format");
    const length = entry.meta?.content_length;
    return {
      url: entry.url,
      mandatory: entry.mandatory === true,
      contentLength: typeof length === "number" ? length : undefined,
    };
  });
}
