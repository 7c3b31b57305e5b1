import { messageOf, ServiceError } from "../../core/errors.ts";
import type { HttpRequest, HttpResponse } from "../../gateway/http.ts";
import { BodyTooLargeError, ClientGoneError, type Exchange } from "../../gateway/listen/exchange.ts";
import { AuthFailure, authError } from "../../gateway/sigv4/auth-failure.ts";
import { type OpenPayload, openPayload } from "../../gateway/sigv4/open-payload.ts";
import type { AdminContext } from "./context.ts";
import { anonymousCaller, type IdentifiedCaller } from "./gate.ts";
import { localStackPrefix, localStackRoutes } from "./localstack-routes.ts";
import { checkOrigin } from "./origin-check.ts";
import { type AdminRoute, answer, notFound } from "./route.ts";
import { type MatchedRoute, RouteTable } from "./route-table.ts";
import { adminRoutes } from "./routes.ts";

export const adminPrefix = "/_millrace/";
/** What most routes read: a signature and little else. */
const defaultMaxBodyBytes = 64 * 1024;
const noBody = Buffer.alloc(0);

/** Millrace's own paths, beside the AWS APIs: find the route > who asks > may he > run > answer in JSON. */
export class Admin {
  readonly #context: AdminContext;
  readonly #routes: ReadonlyMap<string, RouteTable>;

  constructor(context: AdminContext) {
    this.#context = context;
    this.#routes = new Map([
      [adminPrefix, new RouteTable(adminRoutes(context))],
      [localStackPrefix, new RouteTable(localStackRoutes(context))],
    ]);
  }

  /** Whether a path is one of Millrace's own. */
  static serves(path: string): boolean {
    return path.startsWith(adminPrefix) || path.startsWith(localStackPrefix);
  }

  /** Serves one request. Never throws. */
  async serve(exchange: Exchange): Promise<void> {
    try {
      const { status, headers, body } = await this.#answer(exchange);
      await exchange.respond({ status, headers: { ...safeHeaders, ...headers }, body });
    } catch (error) {
      if (error instanceof ClientGoneError) return;
      await this.#fail(exchange, error);
    }
  }

  async #answer(exchange: Exchange): Promise<HttpResponse> {
    const { configuration, access } = this.#context;
    const { method, path } = exchange.head;
    checkOrigin(exchange.head, { isOpen: access.gate.isOpen, host: configuration.host });
    const found = this.#route(method, path);
    if (found.route.body === "streamed") return await this.#runStreamed(found, exchange);
    const maxBytes = found.route.body?.maxBytes ?? defaultMaxBodyBytes;
    const request = { ...exchange.head, body: await exchange.readBody(maxBytes) };
    const { caller } = await this.#admitted(found.route, request, exchange.remoteAddress);
    return await run(found, exchange, caller, { body: request.body, stream: undefined });
  }

  #route(method: string, path: string): MatchedRoute {
    const prefix = path.startsWith(localStackPrefix) ? localStackPrefix : adminPrefix;
    const table = this.#routes.get(prefix);
    const found = table?.find(method, path.slice(prefix.length));
    if (found !== undefined) return found;
    const known = table?.names.join(", ");
    throw notFound(`${method} ${path.slice(0, 200)} does not exist. Below ${prefix} there are ${known}.`);
  }

  async #runStreamed(found: MatchedRoute, exchange: Exchange): Promise<HttpResponse> {
    const stream = exchange.stream();
    let payload: OpenPayload | undefined;
    try {
      const request = { ...exchange.head, body: noBody, stream };
      const admitted = await this.#admitted(found.route, request, exchange.remoteAddress);
      payload = openPayload(stream, request.headers, admitted.payload);
      return await run(found, exchange, admitted.caller, { body: noBody, stream: payload.body });
    } catch (error) {
      // A body is found to be another than the signed one while the route reads it.
      throw error instanceof AuthFailure ? authError(error, "rest") : error;
    } finally {
      if (payload === undefined) stream.resume();
      else payload.release();
    }
  }

  async #admitted(
    { action, scope }: AdminRoute,
    request: HttpRequest,
    remoteAddress: string,
  ): Promise<IdentifiedCaller> {
    const { access, clock, configuration } = this.#context;
    if (action === "public")
      return { caller: anonymousCaller(configuration.account), payload: { kind: "unsigned" } };
    const nowMs = clock.now();
    const identified = await access.gate.identify(request, nowMs);
    const isOfMachine = scope === "machine";
    access.gate.require(identified.caller, { action, isOfMachine, request, remoteAddress }, nowMs);
    return identified;
  }

  async #fail(exchange: Exchange, thrown: unknown): Promise<void> {
    const { log } = this.#context;
    const { path } = exchange.head;
    const error = errorOf(thrown);
    if (error.status >= 500) log.error({ err: thrown, path }, `${path} failed: ${messageOf(thrown)}`);
    const { status, headers, body } = answer({ code: error.code, message: error.message }, error.status);
    try {
      await exchange.respond({ status, headers: { ...safeHeaders, ...headers, ...error.headers }, body });
    } catch (failure) {
      log.error({ err: failure, path }, `the answer could not be sent: ${messageOf(failure)}`);
    }
  }
}

const safeHeaders: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

function errorOf(thrown: unknown): ServiceError {
  if (thrown instanceof ServiceError) return thrown;
  if (thrown instanceof BodyTooLargeError)
    return new ServiceError("RequestEntityTooLarge", thrown.message, { status: 413 });
  return new ServiceError("InternalFailure", "Internal failure.", { status: 500 });
}

async function run(
  { route, parameters }: MatchedRoute,
  exchange: Exchange,
  caller: IdentifiedCaller["caller"],
  received: { readonly body: Buffer; readonly stream: AsyncIterable<Buffer> | undefined },
): Promise<HttpResponse> {
  return await route.run({
    head: exchange.head,
    parameters,
    query: new URLSearchParams(exchange.head.query),
    ...received,
    caller,
    remoteAddress: exchange.remoteAddress,
    signal: exchange.signal,
  });
}
