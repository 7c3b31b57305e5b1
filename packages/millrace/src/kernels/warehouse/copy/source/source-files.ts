import { SqlError } from "../../../../sql/sql-error.ts";
import { type FoundObject, type StatementObjects, WarehouseObjectError } from "../../objects-port.ts";
import { manifestError, noSuchPrefix, objectError, reading } from "../copy-errors.ts";

/** An object that is to be loaded. */
export interface SourceFile extends FoundObject {
  readonly bucket: string;
}

export interface ObjectUri {
  readonly bucket: string;
  readonly key: string;
}

/** Files of one COPY. */
const maxFiles = 1_000_000;
/** A manifest is read whole. */
const maxManifestBytes = 64 * 1024 * 1024;

/** @throws SqlError for what is no `s3://bucket/key` */
export function parseUri(text: string): ObjectUri {
  const match = /^s3[an]?:\/\/([^/]+)(?:\/(.*))?$/is.exec(text);
  if (match === null) throw new SqlError("XX000", `Invalid S3 URI: ${text}`);
  return { bucket: match[1] ?? "", key: match[2] ?? "" };
}

export function uriText({ bucket, key }: ObjectUri): string {
  return `s3://${bucket}/${key}`;
}

/** All objects whose keys begin with the prefix. @throws SqlError when there is none */
export async function filesOfPrefix(
  objects: StatementObjects,
  { bucket, key: prefix }: ObjectUri,
  queryId: number,
): Promise<readonly SourceFile[]> {
  return reading(`Listing bucket=${bucket} prefix=${prefix}`, queryId, async () => {
    const files: SourceFile[] = [];
    for await (const found of objects.list(bucket, prefix)) {
      // What consoles make to show a folder holds nothing.
      if (found.key.endsWith("/") && found.bytes === 0) continue;
      files.push({ ...found, bucket });
      if (files.length > maxFiles) throw new SqlError("54000", `COPY of more than ${maxFiles} files`);
    }
    if (files.length === 0) throw noSuchPrefix(prefix, queryId);
    return files;
  });
}

interface ManifestEntry {
  readonly url: string;
  readonly mandatory: boolean;
  readonly contentLength: number | undefined;
}

/** The objects that a manifest names, in its order; those that are not mandatory may be missing. */
export async function filesOfManifest(
  objects: StatementObjects,
  uri: ObjectUri,
  queryId: number,
): Promise<readonly SourceFile[]> {
  const location = uriText(uri);
  const entries = manifestEntries(await manifestText(objects, uri, queryId), location, queryId);
  const files: SourceFile[] = [];
  for (const entry of entries) {
    const target = parseUri(entry.url);
    const file = await findObject(objects, target, entry, queryId);
    if (file === undefined) continue;
    if (entry.contentLength !== undefined && entry.contentLength !== file.bytes)
      throw manifestError(
        `content_length ${entry.contentLength} of ${entry.url} differs from the size of the object, ${file.bytes}`,
        location,
        queryId,
      );
    files.push(file);
  }
  return files;
}

async function findObject(
  objects: StatementObjects,
  uri: ObjectUri,
  { mandatory }: ManifestEntry,
  queryId: number,
): Promise<SourceFile | undefined> {
  try {
    const opened = await objects.open(uri.bucket, uri.key);
    await opened.close();
    const { key, bytes, lastModifiedMs, etag } = opened;
    return { key, bytes, lastModifiedMs, etag, bucket: uri.bucket };
  } catch (error) {
    if (!(error instanceof WarehouseObjectError)) throw error;
    if (error.code === "NoSuchKey" && !mandatory) return undefined;
    throw objectError(error, `S3 key being read : ${uriText(uri)}`, queryId);
  }
}

async function manifestText(objects: StatementObjects, uri: ObjectUri, queryId: number): Promise<string> {
  const location = uriText(uri);
  if (uri.key === "" || uri.key.endsWith("/"))
    throw manifestError(
      "COPY with MANIFEST parameter requires full path of an S3 object.",
      location,
      queryId,
    );
  try {
    return await objectText(objects, uri, maxManifestBytes);
  } catch (error) {
    if (!(error instanceof WarehouseObjectError)) throw error;
    const { message } = objectError(error, location, queryId);
    throw manifestError(message, location, queryId);
  }
}

/** A small object as text. @throws WarehouseObjectError, SqlError when it is not small */
export async function objectText(
  objects: StatementObjects,
  uri: ObjectUri,
  maxBytes: number,
): Promise<string> {
  const opened = await objects.open(uri.bucket, uri.key);
  try {
    if (opened.bytes > maxBytes)
      throw new SqlError("54000", `${uriText(uri)} is larger than ${maxBytes} bytes`);
    const pieces: Uint8Array[] = [];
    for await (const piece of opened.stream()) pieces.push(Buffer.from(piece));
    return Buffer.concat(pieces)
      .toString("utf8")
      .replace(/^\uFEFF/, "");
  } finally {
    await opened.close();
  }
}

/** `{"entries": [{"url": "s3://...", "mandatory": true, "meta": {"content_length": 1}}]}` */
function manifestEntries(text: string, location: string, queryId: number): readonly ManifestEntry[] {
  const wrong = (reason: string): SqlError => manifestError(reason, location, queryId);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw wrong("invalid JSON");
  }
  const entries = isRecord(parsed) ? parsed["entries"] : undefined;
  if (!Array.isArray(entries)) throw wrong("there is no array named entries");
  if (entries.length > maxFiles) throw wrong(`more than ${maxFiles} entries`);
  return entries.map((entry: unknown) => {
    if (!isRecord(entry) || typeof entry["url"] !== "string") throw wrong("an entry has no url");
    const { url, mandatory = false, meta } = entry;
    if (typeof mandatory !== "boolean") throw wrong("mandatory is not a boolean");
    const length = isRecord(meta) ? meta["content_length"] : undefined;
    if (length !== undefined && typeof length !== "number") throw wrong("content_length is not a number");
    return { url, mandatory, contentLength: length };
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
