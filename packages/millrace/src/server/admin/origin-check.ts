import { isIP } from "node:net";
import { ServiceError } from "../../core/errors.ts";
import type { RequestHead } from "../../gateway/listen/exchange.ts";

/**
 * Keeps pages of other origins from using the admin API through the browser of whoever visits them. A page
 * tells its origin with each request that could change something, and newer browsers with all of them. Where
 * nobody has to prove who he is, the host's name counts as well: a page whose own name leads to this machine
 * (DNS rebinding) is of the same origin.
 * @throws ServiceError 403
 */
export function checkOrigin(
  head: RequestHead,
  options: { readonly isOpen: boolean; readonly host: string },
): void {
  const { headers } = head;
  const host = (headers["host"] ?? "").toLowerCase();
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `${head.secure ? "https" : "http"}://${host}`)
    throw refused(`a page of ${origin.slice(0, 200)}`);
  const site = headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site") throw refused("a page of another origin");
  if (options.isOpen && host !== "" && !isLocalName(nameOf(host), options.host))
    throw refused(`a name that is not this machine's: ${host.slice(0, 200)}`);
}

function refused(who: string): ServiceError {
  return new ServiceError("CrossOriginRequest", `Refused, because the request comes from ${who}.`, {
    status: 403,
  });
}

/** The host without its port and brackets. */
function nameOf(host: string): string {
  return host.startsWith("[") ? host.slice(1, host.indexOf("]")) : host.replace(/:\d+$/, "");
}

/** Addresses, and names that nobody can register: those without a dot, and below `localhost`. */
function isLocalName(name: string, ownHost: string): boolean {
  if (isIP(name) !== 0 || name === ownHost.toLowerCase() || !name.includes(".")) return true;
  return (
    name.endsWith(".localhost") ||
    name === "localhost.localstack.cloud" ||
    name.endsWith(".localhost.localstack.cloud") ||
    name === "host.docker.internal" ||
    name === "host.testcontainers.internal"
  );
}
