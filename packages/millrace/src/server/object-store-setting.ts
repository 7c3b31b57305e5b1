/*
 * List   => Entry ["," Entry ...]
 * Entry  => [Bucket prefix "="] Place
 * Place  => "local" | "s3://" Bucket ["/" Prefix] ["?" Query]      Query: endpoint, region
 * The entry with the longest prefix of a bucket's name decides; of several with the same one, the first. The
 * others are only read, so that what was written under a former setting stays reachable.
 */

/** A bucket at another S3 endpoint that takes the bytes of objects. */
export interface RemotePlace {
  /** What each version remembers of where its bytes lie. The endpoint may move. */
  readonly name: string;
  readonly bucket: string;
  /** Empty, or with a slash at its end. */
  readonly prefix: string;
  /** AWS's own when undefined. */
  readonly endpoint: string | undefined;
  readonly region: string;
}

/** Where the bytes of the objects go whose bucket's name begins with something. */
export interface ObjectStoreEntry {
  /** Empty: of all buckets. */
  readonly bucketPrefix: string;
  /** Undefined: the data directory. */
  readonly remote: RemotePlace | undefined;
}

/** What is wrong with one entry; without secrets. */
class ObjectStoreSettingError extends Error {
  override readonly name = "ObjectStoreSettingError";
}

const maxPrefixBytes = 256;
const maxEntries = 100;

/** @throws ObjectStoreSettingError */
export function parseObjectStores(text: string): readonly ObjectStoreEntry[] {
  if (text.trim() === "") return [];
  const entries = text.split(",").map((entry) => parseEntry(entry.trim()));
  if (entries.length > maxEntries) throw new ObjectStoreSettingError(`at most ${maxEntries} of them`);
  const known = new Map<string, RemotePlace>();
  for (const { remote } of entries) {
    if (remote === undefined) continue;
    const other = known.get(remote.name) ?? remote;
    if (other.endpoint !== remote.endpoint || other.region !== remote.region)
      throw new ObjectStoreSettingError(
        `different prefixes for the two places that are called s3://${remote.bucket}/${remote.prefix}`,
      );
    known.set(remote.name, remote);
  }
  return entries;
}

/** The entry that takes the next objects of a bucket. */
export function entryFor(entries: readonly ObjectStoreEntry[], bucket: string): ObjectStoreEntry | undefined {
  let best: ObjectStoreEntry | undefined;
  for (const entry of entries)
    if (
      bucket.startsWith(entry.bucketPrefix) &&
      (best === undefined || entry.bucketPrefix.length > best.bucketPrefix.length)
    )
      best = entry;
  return best;
}

function parseEntry(text: string): ObjectStoreEntry {
  const match = /^(?:([a-z0-9.-]{1,63})=)?(local|s3:\/\/.*)$/s.exec(text);
  const [, bucketPrefix = "", place = ""] = match ?? [];
  if (place === "local") return { bucketPrefix, remote: undefined };
  if (place !== "") return { bucketPrefix, remote: parsePlace(place) };
  throw new ObjectStoreSettingError(
    "local or s3://bucket/prefix?endpoint=http://host:9000&region=us-east-1, with the beginning of bucket names before it if it is not for all of them (lake-=s3://...)",
  );
}

function parsePlace(text: string): RemotePlace {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new ObjectStoreSettingError("a URL: s3://bucket/prefix");
  refuseSecrets(url);
  const bucket = url.host;
  if (!/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/.test(bucket))
    throw new ObjectStoreSettingError("a bucket with a name that S3 allows: s3://bucket/prefix");
  const folder = url.pathname.replace(/^\/|\/$/g, "");
  if (!/^[A-Za-z0-9!_.*'()/-]*$/.test(folder) || folder.length > maxPrefixBytes || folder.includes("//"))
    throw new ObjectStoreSettingError(
      `a prefix of letters, digits and !_.*'()/- with at most ${maxPrefixBytes} of them`,
    );
  const prefix = folder === "" ? "" : `${folder}/`;
  const { endpoint, region = "us-east-1" } = queryOf(url);
  if (!/^[a-z0-9-]{1,32}$/.test(region)) throw new ObjectStoreSettingError("a region such as us-east-1");
  return {
    name: `s3=${bucket}/${prefix}`,
    bucket,
    prefix,
    region,
    endpoint: endpoint === undefined ? undefined : parseEndpoint(endpoint),
  };
}

function queryOf(url: URL): { readonly endpoint?: string; readonly region?: string } {
  const query = Object.fromEntries(url.searchParams);
  if (Object.keys(query).some((name) => name !== "endpoint" && name !== "region") || url.hash !== "")
    throw new ObjectStoreSettingError("nothing behind the question mark but endpoint and region");
  return query;
}

function parseEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol))
    throw new ObjectStoreSettingError("an endpoint such as http://host:9000");
  refuseSecrets(url);
  if (url.search !== "" || url.hash !== "") throw new ObjectStoreSettingError("an endpoint without a query");
  return url.href.replace(/\/$/, "");
}

function refuseSecrets(url: URL): void {
  if (url.username !== "" || url.password !== "")
    throw new ObjectStoreSettingError(
      "a URL without a user: keys are given as MILLRACE_OBJECT_STORE_ACCESS_KEY_ID and MILLRACE_OBJECT_STORE_SECRET_ACCESS_KEY",
    );
}
