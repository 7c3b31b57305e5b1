import type { Headers } from "../http.ts";
import { AuthFailure } from "./auth-failure.ts";
import { percentDecode } from "./percent-encoding.ts";

/** What a signed request says of itself; nothing of it is proven yet. */
export interface Claim {
  readonly accessKeyId: string;
  /** `20260101`. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20260101T000000Z`. */
  readonly timestamp: string;
  readonly sessionToken: string | undefined;
  /** How long a presigned URL is good for; undefined for a signed header. */
  readonly expiresAfterMs: number | undefined;
}

export const algorithm = "AWS4-HMAC-SHA256";
/** Presigned URLs live for a week at most. */
const maxExpiresS = 7 * 24 * 60 * 60;
const maxSignedHeaders = 200;

/** Reads the claim of a request from its `Authorization` header or its query. */
export function readClaim(headers: Headers, query: string): Claim {
  const { authorization } = headers;
  const presigned = query.includes("X-Amz-Algorithm=");
  if (authorization !== undefined && presigned) {
    throw new AuthFailure(
      "invalidPresign",
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    );
  }
  if (authorization !== undefined) return headerClaim(authorization, headers);
  if (presigned) return queryClaim(query);
  throw new AuthFailure("missing");
}

/** Authorization = algorithm SP "Credential=" c "," "SignedHeaders=" h *(";" h) "," "Signature=" 64hex */
function headerClaim(authorization: string, headers: Headers): Claim {
  const space = authorization.indexOf(" ");
  const name = space < 0 ? authorization : authorization.slice(0, space);
  if (name !== algorithm) throw unsupportedAlgorithm(name);
  const fields = new Map<string, string>();
  for (const part of authorization.slice(space + 1).split(",")) {
    const equals = part.indexOf("=");
    if (equals > 0) fields.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  const timestamp = headers["x-amz-date"] ?? basicDate(headers["date"]);
  let lacks = "";
  for (const field of ["Credential", "Signature", "SignedHeaders"]) {
    if (!fields.get(field)) lacks += `Authorization header requires '${field}' parameter. `;
  }
  if (timestamp === undefined) {
    lacks += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  }
  // The signature stays out of the message: it would be a valid one in somebody's log.
  if (lacks !== "") throw new AuthFailure("incomplete", lacks.trimEnd());
  return claim("incomplete", {
    credential: fields.get("Credential") ?? "",
    signedHeaders: fields.get("SignedHeaders") ?? "",
    signature: fields.get("Signature") ?? "",
    timestamp: timestamp ?? "",
    sessionToken: headers["x-amz-security-token"],
    expiresAfterMs: undefined,
  });
}

function queryClaim(query: string): Claim {
  const fields = new Map<string, string>();
  for (const part of query.split("&")) {
    if (!part.startsWith("X-Amz-")) continue;
    const equals = part.indexOf("=");
    const name = equals < 0 ? part : part.slice(0, equals);
    if (fields.has(name)) throw new AuthFailure("invalidPresign", `Duplicate query parameter '${name}'.`);
    fields.set(name, equals < 0 ? "" : percentDecode(part.slice(equals + 1)));
  }
  const name = fields.get("X-Amz-Algorithm") ?? "";
  if (name !== algorithm) throw unsupportedAlgorithm(name);
  for (const field of ["X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"]) {
    if (!fields.get(field)) {
      throw new AuthFailure("invalidPresign", `AWS query-string parameters must include '${field}'.`);
    }
  }
  return claim("invalidPresign", {
    credential: fields.get("X-Amz-Credential") ?? "",
    signedHeaders: fields.get("X-Amz-SignedHeaders") ?? "",
    signature: fields.get("X-Amz-Signature") ?? "",
    timestamp: fields.get("X-Amz-Date") ?? "",
    sessionToken: fields.get("X-Amz-Security-Token"),
    expiresAfterMs: expiryMs(fields.get("X-Amz-Expires")),
  });
}

/** Reads the claim of a form: what is signed there is the form's policy. */
export function formClaim(fields: ReadonlyMap<string, string>): Claim {
  const name = fields.get("x-amz-algorithm") ?? "";
  if (name !== algorithm) throw unsupportedAlgorithm(name);
  return claim("incomplete", {
    credential: fields.get("x-amz-credential") ?? "",
    signedHeaders: "host",
    signature: fields.get("x-amz-signature") ?? "",
    timestamp: fields.get("x-amz-date") ?? "",
    sessionToken: fields.get("x-amz-security-token"),
    expiresAfterMs: undefined,
  });
}

interface RawClaim {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly timestamp: string;
  readonly sessionToken: string | undefined;
  readonly expiresAfterMs: number | undefined;
}

/** Credential = access key id "/" yyyymmdd "/" region "/" service "/aws4_request" */
function claim(kind: "incomplete" | "invalidPresign", raw: RawClaim): Claim {
  const { signature, timestamp, sessionToken, expiresAfterMs } = raw;
  const parts = raw.credential.split("/");
  const [accessKeyId, day, region, service, terminator] = parts;
  if (
    parts.length !== 5 ||
    !accessKeyId ||
    !day ||
    !region ||
    !service ||
    terminator !== "aws4_request" ||
    !/^\d{8}$/.test(day)
  ) {
    throw new AuthFailure(
      kind,
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.",
    );
  }
  if (!/^\d{8}T\d{6}Z$/.test(timestamp) || Number.isNaN(timestampMs(timestamp))) {
    throw new AuthFailure(kind, "Date must be in ISO-8601 'basic format', as in 20260101T000000Z.");
  }
  if (!timestamp.startsWith(day)) {
    throw new AuthFailure(
      kind,
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${timestamp.slice(0, 8)}'.`,
    );
  }
  const signedHeaders = raw.signedHeaders.split(";");
  if (signedHeaders.length > maxSignedHeaders) throw new AuthFailure(kind, "Too many signed headers.");
  if (!signedHeaders.includes("host") && !signedHeaders.includes(":authority")) {
    throw new AuthFailure(kind, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  return {
    accessKeyId,
    day,
    region,
    service,
    signedHeaders,
    signature,
    timestamp,
    sessionToken,
    expiresAfterMs,
  };
}

function expiryMs(text: string | undefined): number {
  // Services other than S3 may leave it out: their presigned requests live for 15 minutes.
  if (text === undefined) return 15 * 60 * 1_000;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) {
    throw new AuthFailure("invalidPresign", "X-Amz-Expires should be a number of seconds above 0.");
  }
  if (Number(text) > maxExpiresS) {
    throw new AuthFailure(
      "invalidPresign",
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${maxExpiresS} seconds`,
    );
  }
  return Number(text) * 1_000;
}

/** Milliseconds of `yyyymmddThhmmssZ`; NaN when there is no such time. */
export function timestampMs(timestamp: string): number {
  const date = `${timestamp.slice(0, 4)}-${timestamp.slice(4, 6)}-${timestamp.slice(6, 11)}`;
  return Date.parse(`${date}:${timestamp.slice(11, 13)}:${timestamp.slice(13)}`);
}

/** A `Date` header (RFC 9110, 5.6.7) as a timestamp. */
function basicDate(date: string | undefined): string | undefined {
  if (date === undefined) return undefined;
  if (/^\d{8}T\d{6}Z$/.test(date)) return date;
  const ms = Date.parse(date);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString().replace(/\.\d{3}|[-:]/g, "");
}

function unsupportedAlgorithm(name: string): AuthFailure {
  if (name === "AWS4-ECDSA-P256-SHA256") {
    return new AuthFailure(
      "unsupported",
      "Signature version 4A (AWS4-ECDSA-P256-SHA256) is not implemented.",
    );
  }
  return new AuthFailure("incomplete", `Unsupported AWS 'algorithm': '${name.slice(0, 64)}'.`);
}
