import { messageOf } from "../core/errors.ts";
import type { Logger } from "../core/logger.ts";
import type { HttpRequest, HttpResponse } from "../gateway/http.ts";
import { BodyTooLargeError, ClientGoneError, type Exchange } from "../gateway/listen/exchange.ts";
import type { Platform } from "./platform.ts";
import type { ServiceTable } from "./service-table.ts";

/** Below it, the pages that presigned URLs of applications lead to. */
export const pagesPrefix = "/_millrace/applications/";
/** The part of the platform that answers them; made when its service starts. */
export const pagesPart = "application-pages";
const serviceId = "kinesis-analytics-v2";
/** A note with all its paragraphs. */
const maxBodyBytes = 4 * 1024 * 1024;

type Answer = (request: HttpRequest) => Promise<HttpResponse>;

/** Serves one request for a page of an application. Never throws. */
export async function servePage(
  exchange: Exchange,
  log: Logger,
  parts: { readonly services: ServiceTable; readonly platform: Platform },
): Promise<void> {
  try {
    const body = await exchange.readBody(maxBodyBytes);
    await parts.services.get(serviceId);
    const answer = parts.platform.made<Answer>(pagesPart);
    await exchange.respond(
      answer === undefined
        ? text(404, `The service ${serviceId} is not running here.`)
        : await answer({ ...exchange.head, body }),
    );
  } catch (error) {
    if (error instanceof ClientGoneError) return;
    if (error instanceof BodyTooLargeError) return exchange.respond(text(413, error.message));
    log.error({ err: error, path: exchange.head.path }, `a page failed: ${messageOf(error)}`);
    await exchange.respond(text(500, "Internal failure."));
  }
}

function text(status: number, body: string): HttpResponse {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: `${body}\n` };
}
