import type { HttpRequest } from "../http.ts";
import type { Claim } from "./claim.ts";
import { normalizeEncoding, percentEncode } from "./percent-encoding.ts";

/**
 * canonical request = method LF path LF query LF *(name ":" value LF) LF signed headers LF payload hash
 *
 * Headers sent several times reach us joined with ", ". A client may have signed them joined with ",":
 * `tightCommas` asks for that reading.
 */
export function canonicalRequest(
  request: Pick<HttpRequest, "method" | "path" | "query" | "headers">,
  claim: Claim,
  payloadHash: string,
  s3: boolean,
  tightCommas: boolean,
): string {
  const path = s3 ? s3Path(request.path) : servicePath(request.path);
  let headers = "";
  for (const name of claim.signedHeaders) {
    headers += `${name}:${headerValue(request.headers[name], tightCommas)}\n`;
  }
  const query = canonicalQuery(request.query);
  return `${request.method}\n${path}\n${query}\n${headers}\n${claim.signedHeaders.join(";")}\n${payloadHash}`;
}

/** S3 keys are signed as they are: encoded once, and "a//b" or "../a" are keys like any other. */
function s3Path(path: string): string {
  return normalizeEncoding(path === "" ? "/" : path, "/");
}

/** The other services sign the path in its shortest form, encoded once more than it was sent. */
function servicePath(path: string): string {
  if (path === "" || path === "/") return "/";
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const trailing = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return percentEncode(`/${segments.join("/")}${trailing}`, "/");
}

/** Names and values encoded alike, sorted by name and then by value; the signature itself is left out. */
function canonicalQuery(query: string): string {
  if (query === "") return "";
  const pairs: [string, string][] = [];
  for (const part of query.split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = equals < 0 ? part : part.slice(0, equals);
    if (name === "X-Amz-Signature") continue;
    const value = equals < 0 ? "" : part.slice(equals + 1);
    pairs.push([normalizeQuery(name), normalizeQuery(value)]);
  }
  pairs.sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB));
  return pairs.map(([name, value]) => `${name}=${value}`).join("&");
}

/** A bare "+" is how forms send a space; a plus sign itself comes as %2B. */
function normalizeQuery(text: string): string {
  return normalizeEncoding(text.includes("+") ? text.replaceAll("+", "%20") : text);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function headerValue(value: unknown, tightCommas: boolean): string {
  // A name such as "constructor" finds what JavaScript objects inherit: that is no header.
  if (typeof value !== "string") return "";
  const folded = value.trim().replace(/[ \t\r\n]+/g, " ");
  return tightCommas ? folded.replaceAll(", ", ",") : folded;
}
