import type { HttpResponse } from "./http.ts";
import type { RequestHead } from "./listen/exchange.ts";
import { namesBucketInHost } from "./protocol/s3-address.ts";

/** What a browser may run a script of: other things it shows or saves. */
const activeTypes =
  /^(?:text\/html|text\/xml|application\/(?:[\w.+-]+\+)?xml|image\/svg\+xml|[\w.+-]+\/[\w.+-]+\+xml)/i;
const documents: ReadonlySet<string> = new Set(["document", "iframe", "frame", "object", "embed"]);

/**
 * Objects below `/bucket/` are of one origin with the console and Millrace's own API, so that an HTML page that
 * somebody has uploaded could act for whoever opens it. Opened as a page, it gets an origin of its own. A website
 * in a bucket that needs one origin for all of its files has it at the bucket's host: `bucket.localhost:4566`.
 */
export function sandboxed(head: RequestHead, response: HttpResponse): HttpResponse {
  const type = response.headers["content-type"];
  if (typeof type !== "string" || !activeTypes.test(type) || !isPage(head) || namesBucketInHost(head))
    return response;
  return {
    ...response,
    headers: {
      ...response.headers,
      "content-security-policy":
        "sandbox allow-scripts allow-forms allow-popups allow-modals allow-downloads",
    },
  };
}

function isPage({ headers }: RequestHead): boolean {
  const destination = headers["sec-fetch-dest"];
  // Browsers say it to places that they trust, such as this machine; elsewhere what they accept tells.
  return destination === undefined
    ? (headers["accept"] ?? "").startsWith("text/html")
    : documents.has(destination);
}
