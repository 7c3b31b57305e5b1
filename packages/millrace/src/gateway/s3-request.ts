import type { HttpRequest } from "./http.ts";
import type { RequestHead } from "./listen/exchange.ts";
import { s3Address } from "./protocol/s3-address.ts";
import type { Route } from "./route/route.ts";
import type { Router } from "./route/router.ts";
import type { CrossOriginTarget } from "./service.ts";

/** What browsers send to S3 that is no operation: forms with a file, and questions about other origins. */
export function isFormUpload(head: RequestHead): boolean {
  if (head.method !== "POST") return false;
  if (!(head.headers["content-type"] ?? "").toLowerCase().startsWith("multipart/form-data")) return false;
  const { bucket, key } = s3Address(withoutBody(head));
  return bucket !== undefined && key === "";
}

export function crossOriginTarget(head: RequestHead): CrossOriginTarget {
  const { bucket, key } = s3Address(withoutBody(head));
  return { bucket: bucket === undefined ? undefined : decoded(bucket), key };
}

/** The route of the PutObject that a form asks for, under the name of what it is. */
export function formRoute(router: Router, head: RequestHead): Route {
  const path = `${head.path.replace(/\/+$/, "")}/key`;
  return { ...s3Route(router, { ...head, method: "PUT", path, query: "" }), operation: "PostObject" };
}

/** A route for the errors of a preflight, which is no operation. */
export function preflightRoute(router: Router, head: RequestHead): Route {
  const route = s3Route(router, { ...head, method: "GET", path: "/bucket", query: "location" });
  return { ...route, operation: "Preflight" };
}

function s3Route(router: Router, head: RequestHead): Route {
  const authorization = "AWS4-HMAC-SHA256 Credential=/20260101/us-east-1/s3/aws4_request";
  return router.route({ ...withoutBody(head), headers: { host: head.headers.host, authorization } });
}

function withoutBody(head: RequestHead): HttpRequest {
  return { ...head, body: noBody };
}

const noBody = Buffer.alloc(0);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
