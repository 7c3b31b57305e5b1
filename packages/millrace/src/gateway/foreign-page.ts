import { isIP } from "node:net";
import type { RequestHead } from "./listen/exchange.ts";

/**
 * Whether a page of another origin makes a request through the browser of whoever visits it. A page tells its
 * origin with each request that could change something, and newer browsers whether they are of one site.
 */
export function isOfForeignPage({ headers, secure }: RequestHead): boolean {
  const { origin } = headers;
  const host = (headers["host"] ?? "").toLowerCase();
  if (origin !== undefined && origin.toLowerCase() !== `${secure ? "https" : "http"}://${host}`) return true;
  const site = headers["sec-fetch-site"];
  return site === "cross-site" || site === "same-site";
}

/**
 * Whether a request is for a name that somebody could own and let lead to this machine (DNS rebinding): then a
 * page of that name is of the same origin. Addresses, names without a dot and those below `localhost` are nobody's.
 */
export function isOfForeignName({ headers }: RequestHead, ownHost: string = ""): boolean {
  const host = (headers["host"] ?? "").toLowerCase();
  const name = host.startsWith("[") ? host.slice(1, host.indexOf("]")) : host.replace(/:\d+$/, "");
  if (isIP(name) !== 0 || name === ownHost.toLowerCase() || !name.includes(".")) return false;
  return !(
    name.endsWith(".localhost") ||
    name === "localhost.localstack.cloud" ||
    name.endsWith(".localhost.localstack.cloud") ||
    name === "host.docker.internal" ||
    name === "host.testcontainers.internal"
  );
}

/** Whether a browser makes the request, as far as it can be told. */
export function isOfBrowser({ headers }: RequestHead): boolean {
  return (
    headers["origin"] !== undefined ||
    headers["sec-fetch-site"] !== undefined ||
    headers["user-agent"]?.startsWith("Mozilla/") === true
  );
}
