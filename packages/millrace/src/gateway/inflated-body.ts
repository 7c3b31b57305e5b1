import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { ServiceError, systemCode } from "../core/errors.ts";
import type { HttpRequest } from "./http.ts";
import { BodyTooLargeError } from "./listen/exchange.ts";

const inflate = promisify(gunzip);

/**
 * Undoes the compression of a request body: SDKs send large bodies of some operations (CloudWatch's
 * `PutMetricData`) as gzip. The signature is over the bytes as they were sent, which are kept for it.
 */
export async function inflatedBody(request: HttpRequest, maxBytes: number): Promise<HttpRequest> {
  const coding = request.headers["content-encoding"]?.trim().toLowerCase();
  if (coding !== "gzip" || request.body.length === 0) return request;
  try {
    const body = await inflate(request.body, { maxOutputLength: maxBytes });
    return { ...request, body, signedBody: request.body };
  } catch (error) {
    if (systemCode(error) === "ERR_BUFFER_TOO_LARGE") throw new BodyTooLargeError(maxBytes);
    throw new ServiceError("SerializationException", "The request body is not valid gzip.", { cause: error });
  }
}
