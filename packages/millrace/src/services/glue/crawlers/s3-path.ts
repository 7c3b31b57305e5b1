/** Where objects lie: a bucket, and what their keys begin with. */
export interface S3Path {
  readonly bucket: string;
  /** "" for the whole bucket; otherwise a key, or a folder with or without its last slash. */
  readonly key: string;
}

/** `s3://bucket/folder/`, as Hive writes it also with `s3a` or `s3n`; Glue also takes it without a scheme. */
export function parseS3Path(text: string): S3Path | undefined {
  const [, bucket, key = ""] = /^(?:s3[an]?:\/\/)?([^/:\s]+)(?:\/(.*))?$/s.exec(text) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}

export function s3Location(path: S3Path): string {
  return `s3://${path.bucket}/${path.key}`;
}

/** The same path as a folder, which ends in a slash unless it is the whole bucket. */
export function folderOf({ bucket, key }: S3Path): S3Path {
  return { bucket, key: key === "" || key.endsWith("/") ? key : `${key}/` };
}

/** A location as it is compared: `s3a://b/a` is `s3://b/a`. Folders end in a slash, objects do not. */
export function normalLocation(location: string): string {
  const path = /^s3[an]?:/.test(location) ? parseS3Path(location) : undefined;
  return path === undefined ? location : s3Location(path);
}

/** The folder that a folder lies in; the bucket's own stays. */
export function parentOf({ bucket, key }: S3Path): S3Path {
  return { bucket, key: key.slice(0, key.lastIndexOf("/", key.length - 2) + 1) };
}

/** The names of the folders from one folder down to another, or to an object; undefined when it is not in it. */
export function foldersBetween(outer: S3Path, inner: S3Path): readonly string[] | undefined {
  if (outer.bucket !== inner.bucket || !inner.key.startsWith(outer.key)) return undefined;
  const rest = inner.key.slice(outer.key.length);
  if (rest === "") return [];
  return (rest.endsWith("/") ? rest.slice(0, -1) : rest).split("/");
}
