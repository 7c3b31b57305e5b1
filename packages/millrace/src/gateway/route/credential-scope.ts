import type { HttpRequest } from "../http.ts";

/**
 * The service that a request was signed for, from the `Authorization` header or from a presigned query.
 *
 *   credential => accessKeyId "/" date "/" region "/" service "/aws4_request"
 */
export function scopedService(request: HttpRequest): string | undefined {
  const header = request.headers["authorization"];
  if (header !== undefined) return service(credential(header, "Credential=", "/", ", "));
  if (!request.query.includes("X-Amz-Credential=")) return undefined;
  return service(
    credential(request.query, "X-Amz-Credential=", request.query.includes("%2F") ? "%2F" : "/", "&"),
  );
}

function credential(text: string, label: string, separator: string, ends: string): string[] | undefined {
  const start = text.indexOf(label);
  if (start < 0) return undefined;
  let end = start + label.length;
  while (end < text.length && !ends.includes(text.charAt(end))) end++;
  return text.slice(start + label.length, end).split(separator);
}

/** An access key id may hold a slash, so the parts count from the end. */
function service(parts: readonly string[] | undefined): string | undefined {
  return parts !== undefined && parts.length >= 5 ? parts.at(-2) : undefined;
}
