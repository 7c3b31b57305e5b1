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

/** The location in the one form by which two are compared. */
export function normalLocation(location: string): string {
  const path = parseS3Path(location);
  if (path === undefined) return location;
  return s3Location({ ...path, key: path.key.replace(/\/+$/, "") });
}
