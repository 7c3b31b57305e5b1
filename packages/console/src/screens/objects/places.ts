/** Addresses of this screen's pages. */
export function bucketPath(bucket: string, prefix = ""): string {
  const query = prefix === "" ? "" : `?${new URLSearchParams({ prefix })}`;
  return `/objects/${encodeURIComponent(bucket)}${query}`;
}

/** A key may hold anything, hence it is a parameter. */
export function objectPath(bucket: string, key: string, versionId?: string): string {
  const query = new URLSearchParams({ key, ...(versionId !== undefined && { version: versionId }) });
  return `/objects/${encodeURIComponent(bucket)}/object?${query}`;
}

/** The page of `s3://bucket/prefix/`, or of the object that a location ends with; undefined for anything else. */
export function locationPath(location: string | undefined): string | undefined {
  const match = /^s3[an]?:\/\/([^/]+)\/?(.*)$/.exec(location ?? "");
  if (match?.[1] === undefined) return undefined;
  const rest = match[2] ?? "";
  if (rest === "" || rest.endsWith("/")) return bucketPath(match[1], rest);
  const isFile = /\.\w+$/.test(rest.split("/").at(-1) ?? "");
  return isFile ? objectPath(match[1], rest) : bucketPath(match[1], `${rest}/`);
}
