import type { Clock } from "../core/clock.ts";
import { messageOf, ServiceError } from "../core/errors.ts";
import type { Logger } from "../core/logger.ts";
import { accessDenied } from "./access-denied.ts";
import type { Authenticator, Caller } from "./authenticate.ts";
import type { Authorizer } from "./authorize.ts";
import type { Call } from "./call.ts";
import { isOfBrowser, isOfForeignName, isOfForeignPage } from "./foreign-page.ts";
import { GatewayCall } from "./gateway-call.ts";
import type { HttpRequest, HttpResponse } from "./http.ts";
import { IdempotencyStore } from "./idempotency.ts";
import { inflatedBody } from "./inflated-body.ts";
import { BodyTooLargeError, ClientGoneError, type Exchange, type RequestHead } from "./listen/exchange.ts";
import type { GatewayMeter } from "./meter.ts";
import type { OperationModel } from "./model/service-model.ts";
import type { Protocol } from "./protocol/protocol.ts";
import { RequestIds } from "./request-id.ts";
import { type RequestLog, RequestRecord } from "./request-log.ts";
import { type Route, RouteError } from "./route/route.ts";
import type { Router } from "./route/router.ts";
import { crossOriginTarget, formRoute, isFormUpload, preflightRoute } from "./s3-request.ts";
import { sandboxed } from "./sandboxed-page.ts";
import type { BoundOperation, Service } from "./service.ts";
import { AuthFailure, authError } from "./sigv4/auth-failure.ts";
import { familyOf } from "./sigv4/auth-family.ts";
import { type OpenPayload, openPayload } from "./sigv4/open-payload.ts";

export interface GatewayOptions {
  readonly router: Router;
  /** The services by id; one that is not running yet is waited for. */
  readonly services: { get(id: string): Service | Promise<Service> | undefined };
  readonly authenticator: Authenticator;
  /** Undefined when everybody may do everything. */
  readonly authorizer: Authorizer | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly meter: GatewayMeter;
  /** Where what became of each request is written down. */
  readonly requests: RequestLog;
  /** The largest request body of an operation that does not stream its input. */
  readonly maxBodyBytes: number;
  /** Answers errors that occur before a protocol is known. */
  readonly fallbackProtocol: Protocol;
}

const noBody = Buffer.alloc(0);

/**
 * An AWS request's way: read > route > authenticate > parse > authorize > run > serialize. Whatever goes
 * wrong is answered in the request's own protocol; what is our fault is logged with its request id and says
 * nothing of its cause to the client.
 */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #requestIds = new RequestIds();
  readonly #repetitions: IdempotencyStore;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#repetitions = new IdempotencyStore({ clock: options.clock });
  }

  /** Serves one request. Never throws. */
  async serve(exchange: Exchange): Promise<void> {
    const { clock, log, meter, requests } = this.#options;
    const { head } = exchange;
    const startedMs = performance.now();
    const nowMs = clock.now();
    const requestId = this.#requestIds.next();
    const outcome = new RequestRecord(requestId, nowMs, head.headers, exchange.remoteAddress);
    meter.started();
    try {
      const response = await this.#answer(exchange, outcome);
      if (response !== undefined) {
        outcome.status = response.status;
        const answer = outcome.service === "s3" ? sandboxed(head, response) : response;
        const isShared = outcome.service === "s3" && head.headers["origin"] !== undefined;
        await exchange.respond(isShared ? await this.#shared(head, answer) : answer);
      }
    } catch (error) {
      outcome.code = "ResponseFailed";
      log.error({ err: error, ...briefly(outcome) }, `the answer could not be sent: ${messageOf(error)}`);
    }
    outcome.durationMs = performance.now() - startedMs;
    meter.ended(outcome.service, outcome.operation, outcome.code, outcome.durationMs);
    requests.add(outcome);
    log.info({ ...briefly(outcome), durationMs: outcome.durationMs }, "request");
  }

  /** The answer to a request, or undefined when nobody waits for it any more. */
  async #answer(exchange: Exchange, outcome: RequestRecord): Promise<HttpResponse | undefined> {
    let route: Route | undefined;
    try {
      const { router } = this.#options;
      if (exchange.head.method === "OPTIONS") {
        route = preflightRoute(router, exchange.head);
        outcome.service = route.service;
        outcome.operation = route.operation;
        return await this.#preflight(route, exchange.head, outcome.requestId);
      }
      if (isFormUpload(exchange.head)) {
        route = formRoute(router, exchange.head);
        outcome.service = route.service;
        outcome.operation = route.operation;
        return await this.#upload(route, exchange, outcome);
      }
      // Most protocols name the operation in the head, so that a body can be left to flow.
      let request: HttpRequest = router.needsBody(exchange.head)
        ? await this.#withInflatedBody(exchange)
        : { ...exchange.head, body: noBody };
      route = router.route(request);
      outcome.service = route.service;
      outcome.operation = route.operation;
      if (this.#options.authorizer === undefined && isOfBrowser(exchange.head))
        await this.#checkPage(route, exchange.head);
      if (route.operationModel.inputStream !== undefined) request = { ...request, stream: exchange.stream() };
      else if (request.body === noBody) {
        // S3 keeps what it is given: there, the header is about the object.
        const read = route.service === "s3" ? this.#withBody(exchange) : this.#withInflatedBody(exchange);
        request = await read;
      }
      return await this.#run(route, request, exchange, outcome);
    } catch (error) {
      // A body that broke off fails wherever it is read, in words of whoever reads it.
      const streams = route?.operationModel.inputStream !== undefined;
      if (error instanceof ClientGoneError || (streams && exchange.signal.aborted)) {
        outcome.code = "ClientGone";
        return undefined;
      }
      return this.#failure(error, route, outcome);
    }
  }

  /**
   * Where everybody may do everything, a page that somebody visits could do it as well: a form or an image can
   * carry an action. S3 is open to pages as its buckets say; what only reads is refused by the browser itself.
   * @throws ServiceError 403
   */
  async #checkPage(route: Route, head: RequestHead): Promise<void> {
    const { model, service: id } = route;
    if (id !== "s3" && isOfForeignName(head))
      throw accessDenied(
        `Pages under ${head.headers["host"]} may not call this API: use localhost, or --auth verify.`,
        familyOf(model),
      );
    // What only a script can send, a browser asks about first, and is refused.
    if (!isOfForeignPage(head) || head.headers["authorization"] !== undefined) return;
    if (id !== "s3") throw accessDenied("Pages of other origins may not call this API.", familyOf(model));
    if (head.method !== "POST") return;
    const service = await this.#options.services.get("s3");
    if (service?.crossOrigin?.headers(crossOriginTarget(head), head.method, head.headers) === undefined)
      throw accessDenied("The bucket's CORS rules do not let this page do that.", "s3");
  }

  /** Tells a browser whether it may make a request for a page of another origin: S3's buckets say. */
  async #preflight(route: Route, head: RequestHead, requestId: string): Promise<HttpResponse> {
    const service = await this.#options.services.get(route.service);
    if (service?.crossOrigin === undefined) throw notImplemented(route, service !== undefined);
    const headers = service.crossOrigin.preflight(crossOriginTarget(head), head.headers);
    return { status: 200, headers: { "x-amz-request-id": requestId, ...headers }, body: noBody };
  }

  /** An answer with what lets a page of another origin see it, where the bucket allows that. */
  async #shared(head: RequestHead, response: HttpResponse): Promise<HttpResponse> {
    const service = await this.#options.services.get("s3");
    const headers = service?.crossOrigin?.headers(crossOriginTarget(head), head.method, head.headers);
    return headers === undefined ? response : { ...response, headers: { ...response.headers, ...headers } };
  }

  async #withBody(exchange: Exchange): Promise<HttpRequest> {
    return { ...exchange.head, body: await exchange.readBody(this.#options.maxBodyBytes) };
  }

  async #withInflatedBody(exchange: Exchange): Promise<HttpRequest> {
    const request = await this.#withBody(exchange);
    if (request.headers["content-encoding"] === undefined) return request;
    return inflatedBody(request, this.#options.maxBodyBytes);
  }

  async #run(
    route: Route,
    request: HttpRequest,
    exchange: Exchange,
    outcome: RequestRecord,
  ): Promise<HttpResponse> {
    outcome.decision = "unauthenticated";
    const identified = this.#options.authenticator.identify(request, route, outcome.at);
    const caller = identified instanceof Promise ? await identified : identified;
    outcome.setCaller(caller.principal, caller.region);
    const { stream } = request;
    const payload = stream && openPayload(stream, request.headers, caller.payload);
    return await this.#call(route, request, caller, payload, exchange, outcome);
  }

  /** A file that a browser sends in a form: PutObject, said differently. */
  async #upload(route: Route, exchange: Exchange, outcome: RequestRecord): Promise<HttpResponse> {
    const { receiveForm } = await import("./form-upload/form-upload.ts");
    const form = await receiveForm(exchange, outcome.at);
    const { request, fields, payload } = form;
    try {
      outcome.decision = "unauthenticated";
      const caller = await this.#options.authenticator.identifyForm(request, fields, outcome.at);
      outcome.setCaller(caller.principal, caller.region);
      return form.answer(await this.#call(route, request, caller, payload, exchange, outcome));
    } finally {
      payload.release();
    }
  }

  async #call(
    route: Route,
    request: HttpRequest,
    caller: Caller,
    payload: OpenPayload | undefined,
    exchange: Exchange,
    outcome: RequestRecord,
  ): Promise<HttpResponse> {
    const { model, operationModel, protocol } = route;
    const { authorizer, services, log } = this.#options;
    outcome.decision = "none";
    try {
      const found = services.get(route.service);
      const service = found instanceof Promise ? await found : found;
      const operation = service?.operation(operationModel.name);
      if (operation === undefined) throw notImplemented(route, service !== undefined);
      const opened = payload === undefined ? request : { ...request, payload: payload.body };
      const input = protocol.readInput(model, operationModel, opened);
      const call = new GatewayCall(route, caller, exchange, {
        requestId: outcome.requestId,
        receivedAt: outcome.at,
        log,
        payload,
      });
      outcome.requestBytes = sizeOf(request);
      if (authorizer === undefined) {
        outcome.decision = "trust";
        outcome.setResource(resourceOf(operation, input, call));
      } else {
        const { remoteAddress } = exchange;
        const authorized = { call, operation, model, input, request, remoteAddress, notes: outcome };
        call.require = (permission) => authorizer.require(authorized, permission);
        authorizer.check(authorized);
      }
      const output = this.#perform(operation, operationModel, input, call);
      return protocol.writeOutput(
        model,
        operationModel,
        output instanceof Promise ? await output : output,
        outcome.requestId,
      );
    } finally {
      payload?.release();
    }
  }

  /** Runs an operation; when the client repeats an attempt, answers what the first one did. */
  #perform(operation: BoundOperation, model: OperationModel, input: unknown, call: Call): unknown {
    const member = model.idempotencyMember;
    const token = member === undefined ? undefined : (input as Readonly<Record<string, unknown>>)[member];
    if (typeof token !== "string" || operation.ownsRepetitions) return operation.run(input, call);
    const { account, region, service } = call;
    const key = { account, region, service, operation: call.operation, token };
    return this.#repetitions.run(key, input, () => operation.run(input, call), mismatch);
  }

  #failure(thrown: unknown, route: Route | undefined, outcome: RequestRecord): HttpResponse {
    const { fallbackProtocol } = this.#options;
    if (thrown instanceof RouteError) {
      outcome.code = thrown.error.code;
      outcome.service = thrown.model?.id ?? outcome.service;
      return thrown.protocol.writeError(thrown.model, undefined, thrown.error, outcome.requestId);
    }
    // A streamed body is found to be another than the signed one while the operation reads it.
    const refused = thrown instanceof AuthFailure && route !== undefined;
    const known = refused ? authError(thrown, familyOf(route.model)) : thrown;
    const error = this.#clientError(known, outcome);
    outcome.code = error.code;
    const protocol = route?.protocol ?? fallbackProtocol;
    return protocol.writeError(route?.model, route?.operationModel, error, outcome.requestId);
  }

  #clientError(thrown: unknown, outcome: RequestRecord): ServiceError {
    if (thrown instanceof BodyTooLargeError)
      return new ServiceError("RequestEntityTooLargeException", thrown.message, { status: 413 });
    if (thrown instanceof ServiceError && thrown.status < 500) return thrown;
    const known = thrown instanceof ServiceError ? thrown : undefined;
    if (known?.code === "NotImplemented") return known;
    this.#options.log.error({ err: thrown, ...briefly(outcome) }, `internal failure: ${messageOf(thrown)}`);
    return (
      known ??
      new ServiceError("InternalFailure", "The request processing has failed because of an internal error.", {
        status: 500,
      })
    );
  }
}

/** What the log says of a request. */
function briefly(outcome: RequestRecord): object {
  const { requestId, service, operation, code, account } = outcome;
  return { requestId, service, operation, code, account };
}

/** The first ARN that a call touches. Where nobody is refused anything, an input that names none matters to its operation alone. */
function resourceOf(operation: BoundOperation, input: unknown, call: Call): string | undefined {
  try {
    return operation.resources(input, call)[0];
  } catch {
    return undefined;
  }
}

/** Bytes of the body as they were sent, as far as that is known. */
function sizeOf({ headers, body, signedBody }: HttpRequest): number {
  const declared = headers["content-length"];
  return declared === undefined ? (signedBody ?? body).length : Number(declared);
}

function mismatch(): ServiceError {
  return new ServiceError(
    "IdempotentParameterMismatch",
    "The request uses the same client token as a previous, but non-identical request.",
  );
}

function notImplemented(route: Route, isRunning: boolean): ServiceError {
  const name = `${route.service}:${route.operation}`;
  const message = isRunning
    ? `${name} is not implemented by Millrace.`
    : `${name} is not available: the service ${route.service} is not running here.`;
  return new ServiceError("NotImplemented", message, { status: 501 });
}
