import type { IncomingMessage } from "node:http";
import type { IncomingHttpHeaders as Http2Headers } from "node:http2";
import type { Headers } from "../http.ts";
import type { RequestHead } from "./exchange.ts";

/**
 * The head of an HTTP/1.1 request, or undefined when its target is none that we serve.
 *
 * request-target = origin-form / absolute-form / "*"      (RFC 9112, 3.2; CONNECT never gets here)
 * absolute-form  = ("http" / "https") "://" authority [ path ] [ "?" query ]
 */
export function http1Head(request: IncomingMessage, secure: boolean): RequestHead | undefined {
  const received = request.url ?? "";
  let headers = request.headers as Headers;
  let target = received;
  if (received.charCodeAt(0) !== slash && received !== "*") {
    const absolute = /^https?:\/\/([^/?]+)(.*)$/i.exec(received);
    if (absolute?.[1] === undefined) return undefined;
    const rest = absolute[2] ?? "";
    target = rest.startsWith("/") ? rest : `/${rest}`;
    headers = { ...headers, host: absolute[1] };
  }
  if (request.headers["set-cookie"] !== undefined) {
    headers = { ...headers, "set-cookie": request.headers["set-cookie"].join(", ") };
  }
  return head(request.method ?? "GET", target, headers, "1.1", secure);
}

/** The head of an HTTP/2 request, or undefined when it has no path, as CONNECT has none. */
export function http2Head(received: Http2Headers, secure: boolean): RequestHead | undefined {
  const method = received[":method"];
  const target = received[":path"];
  if (method === undefined || target === undefined) return undefined;
  if (target.charCodeAt(0) !== slash && target !== "*") return undefined;
  // Pseudo-headers stay in: clients sign `:authority`. The object is ours alone, so `host` is added in place.
  if (received.host === undefined && received[":authority"] !== undefined) {
    received.host = received[":authority"];
  }
  const cookies = received["set-cookie"];
  const headers = (
    cookies === undefined ? received : { ...received, "set-cookie": cookies.join(", ") }
  ) as Headers;
  return head(method, target, headers, "2.0", secure);
}

const slash = 0x2f;

function head(
  method: string,
  target: string,
  headers: Headers,
  httpVersion: "1.1" | "2.0",
  secure: boolean,
): RequestHead {
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark + 1);
  return { method, target, path, query, headers, httpVersion, secure };
}

/** The declared length of a body: undefined when there is none, or it is not a whole number. */
export function declaredBytes(headers: Headers): number | undefined {
  const text = headers["content-length"];
  if (text === undefined || text.length > 15) return undefined;
  const bytes = Number(text);
  return Number.isInteger(bytes) && bytes >= 0 ? bytes : undefined;
}
