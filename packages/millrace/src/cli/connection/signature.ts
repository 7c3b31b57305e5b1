import { createHash, createHmac } from "node:crypto";
import { systemClock } from "../../core/clock.ts";
import type { Connection } from "./connection.ts";

export interface UnsignedRequest {
  readonly method: string;
  readonly url: URL;
  readonly body?: Buffer | undefined;
  /** SHA-256 of the body in hexadecimal where the body is not at hand, because it is streamed. */
  readonly bodyHash?: string | undefined;
  /** Headers that are sent and signed as well: those whose names begin with `x-amz-` must be. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The service that is called, as signatures name it; Millrace's own paths when not given. */
  readonly signingName?: string | undefined;
}

const ownSigningName = "millrace";

/** Headers with a signature of version 4, under which Millrace knows its caller. */
export function signedHeaders(
  { region, credentials }: Pick<Connection, "region" | "credentials">,
  { method, url, body, bodyHash, headers: more, signingName = ownSigningName }: UnsignedRequest,
  nowMs: number = systemClock.now(),
): Record<string, string> {
  const timestamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const payloadHash = bodyHash ?? sha256(body ?? "");
  const headers: Record<string, string> = {
    ...more,
    host: url.host,
    "x-amz-content-sha256": payloadHash,
    "x-amz-date": timestamp,
    ...(credentials.sessionToken === undefined ? {} : { "x-amz-security-token": credentials.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    method,
    canonicalPath(url, signingName),
    canonicalQuery(url),
    ...names.map((name) => `${name}:${headers[name]}`),
    "",
    names.join(";"),
    payloadHash,
  ].join("\n");
  const scope = [timestamp.slice(0, 8), region, signingName, "aws4_request"];
  const toSign = ["AWS4-HMAC-SHA256", timestamp, scope.join("/"), sha256(canonical)].join("\n");
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const signature = hmac(key, toSign).toString("hex");
  const { host: _, ...sent } = headers;
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.join("/")}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  };
}

/** All services but S3 encode what is encoded already once more. */
function canonicalPath({ pathname }: URL, signingName: string): string {
  return signingName === "s3" ? pathname : pathname.split("/").map(encode).join("/");
}

function canonicalQuery(url: URL): string {
  return [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
