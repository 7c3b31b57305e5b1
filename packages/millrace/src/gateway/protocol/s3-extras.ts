import { createHash } from "node:crypto";
import { ServiceError } from "../../core/errors.ts";
import type { HttpRequest } from "../http.ts";

/** What S3's operations need of a request and its model leaves out. */
export interface S3Extras {
  /** `Expires` as it was sent, where a date does not say it: S3 gives it back so. */
  readonly ExpiresString?: string;
}

export function readExtras({ headers }: Pick<HttpRequest, "headers">): S3Extras {
  const expires = headers["expires"];
  if (expires === undefined || expires === new Date(expires).toUTCString()) return {};
  return { ExpiresString: expires };
}

const base64Md5 = /^[A-Za-z0-9+/]{22}==$/;

/** Checks the MD5 that came with a body that is not streamed, such as a list of keys to delete. */
export function checkBodyDigest({ headers, body }: Pick<HttpRequest, "headers" | "body">): void {
  const claimed = headers["content-md5"];
  if (claimed === undefined) return;
  if (!base64Md5.test(claimed))
    throw new ServiceError("InvalidDigest", "The Content-MD5 you specified was invalid.", {
      members: { "Content-MD5": claimed },
    });
  const calculated = createHash("md5").update(body).digest("base64");
  if (calculated === claimed) return;
  throw new ServiceError("BadDigest", "The Content-MD5 you specified did not match what we received.", {
    members: { ExpectedDigest: claimed, CalculatedDigest: calculated },
  });
}

/**
 * Part of an object is answered with 206, and a restoration with what its operation says; the model knows one
 * status for each operation.
 */
export function s3Status(output: Readonly<Record<string, unknown>>): number | undefined {
  if (output["ContentRange"] !== undefined) return 206;
  const named = output["StatusCode"];
  return typeof named === "number" ? named : undefined;
}

/** The model has a header of its own for an `Expires` that may be no date. */
export function s3Headers(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { expiresstring: expires, ...rest } = headers;
  return expires === undefined ? headers : { ...rest, expires };
}
