import type { Registry } from "prom-client";
import { messageOf } from "../core/errors.ts";
import type { Logger } from "../core/logger.ts";
import type { HttpResponse } from "../gateway/http.ts";
import { BodyTooLargeError, ClientGoneError, type Exchange } from "../gateway/listen/exchange.ts";
import type { Service } from "../gateway/service.ts";
import type { Access } from "./access.ts";

export const adminPrefix = "/_millrace/";
/** Requests to these paths carry no more than a signature. */
const maxBodyBytes = 64 * 1024;

export interface AdminOptions {
  readonly version: string;
  readonly services: ReadonlyMap<string, Service>;
  readonly registry: Registry;
  readonly access: Pick<Access, "mayAdminister">;
}

/** Millrace's own paths, beside the AWS APIs: health, metrics, reset. */
export class Admin {
  readonly #options: AdminOptions;

  constructor(options: AdminOptions) {
    this.#options = options;
  }

  /** Serves one request. Never throws. */
  async serve(exchange: Exchange, log: Logger): Promise<void> {
    try {
      await exchange.respond(await this.#answer(exchange));
    } catch (error) {
      if (error instanceof ClientGoneError) return;
      log.error(
        { err: error, path: exchange.head.path },
        `${exchange.head.path} failed: ${messageOf(error)}`,
      );
      const status = error instanceof BodyTooLargeError ? 413 : 500;
      await exchange.respond(
        json(status, { message: status === 413 ? messageOf(error) : "Internal failure." }),
      );
    }
  }

  async #answer(exchange: Exchange): Promise<HttpResponse> {
    const { method, path } = exchange.head;
    const body = await exchange.readBody(maxBodyBytes);
    switch (`${method} ${path.slice(adminPrefix.length)}`) {
      case "GET health":
        return json(200, this.#health());
      case "GET metrics":
        return this.#metrics();
      case "POST reset":
        if (!(await this.#options.access.mayAdminister({ ...exchange.head, body })))
          return json(403, { message: "Sign the request with this Millrace's root credential." });
        await Promise.all([...this.#options.services.values()].map((service) => service.reset()));
        return json(200, { message: "All services are empty." });
      default:
        return json(404, {
          message: `${method} ${path} does not exist. There are GET ${adminPrefix}health, GET ${adminPrefix}metrics and POST ${adminPrefix}reset.`,
        });
    }
  }

  #health(): object {
    const services = Object.fromEntries([...this.#options.services.keys()].map((id) => [id, "running"]));
    return { status: "ok", version: this.#options.version, services };
  }

  async #metrics(): Promise<HttpResponse> {
    const body = await this.#options.registry.metrics();
    return { status: 200, headers: { "content-type": this.#options.registry.contentType }, body };
  }
}

function json(status: number, body: object): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, body: `${JSON.stringify(body)}\n` };
}
