import { ServiceError } from "../../../core/errors.ts";
import type { Headers } from "../../../gateway/http.ts";
import type { CrossOrigin, CrossOriginTarget } from "../../../gateway/service.ts";
import type { ObjectStore } from "../../../kernels/objects/index.ts";
import { settingsOf } from "../bucket-settings.ts";
import { corsMethods } from "./cors-input.ts";
import { corsHeaders } from "./cors-match.ts";

const notAllowed =
  "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request " +
  "method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the " +
  "resource's CORS spec.";

/** Header names that a browser may send at once. */
const maxRequestHeaders = 100;

/** What browsers may do with buckets from pages of other origins: each bucket's own rules say. */
export class BucketCors implements CrossOrigin {
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  preflight(target: CrossOriginTarget, headers: Headers): Record<string, string> {
    const { origin } = headers;
    if (origin === undefined) throw badRequest("Insufficient information. Origin request header needed.");
    const method = headers["access-control-request-method"];
    const bucket = target.bucket === undefined ? undefined : this.#objects.bucket(target.bucket);
    const refuse = (message: string, resourceType: string): ServiceError =>
      new ServiceError("AccessForbidden", message, {
        status: 403,
        members: { Method: method ?? "OPTIONS", ResourceType: resourceType },
      });
    if (bucket === undefined) throw refuse("CORSResponse: Bucket not found", "BUCKET");
    const rules = settingsOf(bucket).cors;
    if (rules === undefined) throw refuse("CORSResponse: CORS is not enabled for this bucket.", "BUCKET");
    if (method === undefined || !corsMethods.has(method))
      throw badRequest(`Invalid Access-Control-Request-Method: ${method ?? "null"}`);
    const names = requestedHeaders(headers);
    const allowed = names && corsHeaders(rules, { origin, method, headers: names });
    if (allowed === undefined) throw refuse(notAllowed, target.key === "" ? "BUCKET" : "OBJECT");
    return allowed;
  }

  headers(target: CrossOriginTarget, method: string, headers: Headers): Record<string, string> | undefined {
    const { origin } = headers;
    const bucket = target.bucket === undefined ? undefined : this.#objects.bucket(target.bucket);
    const rules = bucket && settingsOf(bucket).cors;
    const names = requestedHeaders(headers);
    if (origin === undefined || rules === undefined || names === undefined) return undefined;
    return corsHeaders(rules, { origin, method, headers: names });
  }
}

/** Undefined when there are more than any rule is asked about. */
function requestedHeaders(headers: Headers): readonly string[] | undefined {
  const names = (headers["access-control-request-headers"] ?? "").split(",", maxRequestHeaders + 1);
  if (names.length > maxRequestHeaders) return undefined;
  return names.map((name) => name.trim()).filter((name) => name !== "");
}

const badRequest = (message: string): ServiceError => new ServiceError("BadRequest", message);
