import type { HttpRequest } from "../http.ts";

/** Where an S3 request points to: a bucket named by the host or by the first part of the path. */
export interface S3Address {
  readonly bucket: string | undefined;
  /** The rest of the path, still encoded, without a leading slash; "" for the bucket itself. */
  readonly key: string;
}

/** `bucket.s3.amazonaws.com`, `bucket.s3-eu-west-1.amazonaws.com`, `bucket.s3.localhost`. */
const s3Host = /^(?<bucket>.+)\.s3(?:express-[a-z0-9-]+|-website|-accesspoint|-object-lambda)?[.-]/;
/**
 * `bucket.localhost`, `bucket.localhost.localstack.cloud`, `bucket.127.0.0.1.nip.io`: what SDKs make of endpoints that lead to this machine and
 * take any name before theirs.
 */
const localHost =
  /^(?<bucket>[^:]+?)\.(?:localhost|localhost\.localstack\.cloud|\d+\.\d+\.\d+\.\d+\.(?:nip|sslip)\.io)(?::\d+)?$/;

export function s3Address(request: HttpRequest): S3Address {
  const host = request.headers["host"]?.toLowerCase() ?? "";
  const bucket = hostBucket(host);
  const path = request.path.slice(1);
  if (bucket !== undefined) return { bucket, key: path };
  const slash = path.indexOf("/");
  const name = slash < 0 ? path : path.slice(0, slash);
  return { bucket: name === "" ? undefined : name, key: slash < 0 ? "" : path.slice(slash + 1) };
}

/** Whether a request names its bucket in the host, as `bucket.localhost` does. */
export function namesBucketInHost({ headers }: Pick<HttpRequest, "headers">): boolean {
  return hostBucket(headers["host"]?.toLowerCase() ?? "") !== undefined;
}

function hostBucket(host: string): string | undefined {
  const named = s3Host.exec(host)?.groups?.["bucket"];
  if (named !== undefined) return named;
  const local = localHost.exec(host)?.groups?.["bucket"];
  return local === "s3" || local?.startsWith("s3.") === true ? undefined : local;
}
