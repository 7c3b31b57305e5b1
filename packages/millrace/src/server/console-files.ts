import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf } from "../core/errors.ts";
import type { Logger } from "../core/logger.ts";
import type { HttpResponse } from "../gateway/http.ts";
import { ClientGoneError, type Exchange, type RequestHead } from "../gateway/listen/exchange.ts";

/** Below it, the console; its files hold no data, so that everybody may read them. */
const consolePrefix = "/_millrace/console";

/** Where the build puts them; the same place seen from the sources and from the built package. */
const builtFolder: string = fileURLToPath(new URL("../../dist/console", import.meta.url));

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

const securityHeaders = {
  // Components set styles of their own; Parquet's codecs are WebAssembly. Nothing comes from another host.
  "content-security-policy":
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; " +
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; " +
    "media-src blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
} as const;

/** Whether a request is for the console, or from somebody who opened Millrace's address in a browser. */
export function isConsole(head: RequestHead): boolean {
  return head.path === consolePrefix || head.path.startsWith(`${consolePrefix}/`) || isVisit(head);
}

/** S3, which answers at this path, is asked by programs: they sign, and do not ask for a page. */
function isVisit({ method, target, headers }: RequestHead): boolean {
  return (
    method === "GET" &&
    target === "/" &&
    (headers["accept"] ?? "").startsWith("text/html") &&
    headers["authorization"] === undefined
  );
}

/** Serves one request for a file of the console. Never throws. */
export async function serveConsole(
  exchange: Exchange,
  log: Logger,
  folder: string = builtFolder,
): Promise<void> {
  try {
    await exchange.respond(await answer(exchange.head, folder));
  } catch (error) {
    if (error instanceof ClientGoneError) return;
    log.error({ err: error, path: exchange.head.path }, `a file of the console failed: ${messageOf(error)}`);
  }
}

async function answer(head: RequestHead, folder: string): Promise<HttpResponse> {
  const { method, path } = head;
  if (isVisit(head)) return { status: 302, headers: { location: `${consolePrefix}/` }, body: "" };
  if (method !== "GET" && method !== "HEAD") return text(405, `${method} is not for files.`);
  if (path === consolePrefix) return { status: 308, headers: { location: `${consolePrefix}/` }, body: "" };
  const name = path.slice(consolePrefix.length + 1);
  // What the build writes has such names; everything else is a screen, which the page finds by itself.
  const isFile = /^(assets\/)?[\w-][\w.-]*\.[a-z0-9]+$/.test(name);
  const file = join(folder, isFile ? name : "index.html");
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true)
    return isFile
      ? text(404, `There is no ${name}.`)
      : text(503, "The console is not built: run npm run build.");
  const headers = {
    ...securityHeaders,
    "content-type": types[extname(file)] ?? "application/octet-stream",
    "content-length": found.size,
    // Files below assets/ carry the hash of their content in their names.
    "cache-control": name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache",
  };
  return { status: 200, headers, body: method === "HEAD" ? "" : createReadStream(file) };
}

function text(status: number, body: string): HttpResponse {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: `${body}\n` };
}
