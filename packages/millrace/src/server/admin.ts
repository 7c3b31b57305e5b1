import { messageOf } from "../core/errors.ts";
import type { Logger } from "../core/logger.ts";
import { type MetricRegistry, metricsContentType } from "../core/metrics.ts";
import type { HttpResponse } from "../gateway/http.ts";
import { BodyTooLargeError, ClientGoneError, type Exchange } from "../gateway/listen/exchange.ts";
import type { Access } from "./access.ts";
import type { ServiceTable } from "./service-table.ts";

export const adminPrefix = "/_millrace/";
const known =
  `There are GET ${adminPrefix}health, GET ${adminPrefix}metrics, POST ${adminPrefix}reset and ` +
  `POST ${adminPrefix}accounts/<12 digits>.`;
/** Requests to these paths carry no more than a signature. */
const maxBodyBytes = 64 * 1024;

export interface AdminOptions {
  readonly version: string;
  readonly services: ServiceTable;
  readonly registry: MetricRegistry;
  readonly access: Pick<Access, "mayAdminister" | "addRoot">;
  /** Empties the services and what they stand on. */
  readonly reset: () => Promise<void>;
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
    const name = `${method} ${path.slice(adminPrefix.length)}`;
    if (name === "GET health") return json(200, this.#health());
    if (name === "GET metrics") return this.#metrics();
    const change = this.#change(name);
    if (change === undefined) return json(404, { message: `${method} ${path} does not exist. ${known}` });
    if (!(await this.#options.access.mayAdminister({ ...exchange.head, body })))
      return json(403, { message: "Sign the request with the root credential of this Millrace." });
    return change();
  }

  /** What changes this Millrace as a whole, hence needs an administrator. */
  #change(name: string): (() => Promise<HttpResponse>) | undefined {
    if (name === "POST reset") return () => this.#reset();
    const account = /^POST accounts\/(\d{12})$/.exec(name)?.[1];
    return account === undefined ? undefined : () => this.#addAccount(account);
  }

  async #reset(): Promise<HttpResponse> {
    await this.#options.reset();
    return json(200, { message: "All services are empty." });
  }

  async #addAccount(account: string): Promise<HttpResponse> {
    const { addRoot } = this.#options.access;
    if (addRoot === undefined)
      return json(409, { message: `Every key is taken here: use ${account} itself as the access key id.` });
    const { accessKeyId, secretKey } = await addRoot(account);
    return json(200, { account, accessKeyId, secretKey });
  }

  #health(): object {
    const { services, version } = this.#options;
    // A service that nobody has called yet starts with its first call.
    const states = services.ids.map((id) => [id, services.isRunning(id) ? "running" : "available"]);
    return { status: "ok", version, services: Object.fromEntries(states) };
  }

  #metrics(): HttpResponse {
    const body = this.#options.registry.text();
    return { status: 200, headers: { "content-type": metricsContentType }, body };
  }
}

function json(status: number, body: object): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, body: `${JSON.stringify(body)}\n` };
}
