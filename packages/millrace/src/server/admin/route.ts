import { ServiceError } from "../../core/errors.ts";
import type { HttpResponse } from "../../gateway/http.ts";
import type { RequestHead } from "../../gateway/listen/exchange.ts";
import type { AdminCaller } from "./gate.ts";

/** One call of the admin API. An area exports its routes as `xxxRoutes(context): readonly AdminRoute[]`. */
export interface AdminRoute {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/_millrace/`: `deliveries/:name/flush`. A part with a colon is any text without a slash. */
  readonly pattern: string;
  /** `FlushDelivery`, which policies call `millrace:FlushDelivery`; "public" needs no signature. */
  readonly action: string;
  /**
   * `account` (the default): the answer has nothing but what belongs to `caller.account`, unless
   * `caller.seesAllAccounts`. `machine`: for principals of the account that Millrace was started with.
   */
  readonly scope?: "account" | "machine";
  /** The largest body that is read; `streamed` leaves it to the route. 64 KiB when not given. */
  readonly body?: { readonly maxBytes: number } | "streamed";
  run(request: AdminRequest): Promise<HttpResponse> | HttpResponse;
}

/** A call whose sender may make it. */
export interface AdminRequest {
  readonly head: RequestHead;
  /** The parts with a colon, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The whole body; empty where it is streamed. */
  readonly body: Buffer;
  /** The body where it is streamed. It fails when it is not the one that was signed: keep nothing before its end. */
  readonly stream: AsyncIterable<Buffer> | undefined;
  readonly caller: AdminCaller;
  readonly remoteAddress: string;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/** An answer in JSON. */
export function answer(value: object, status: number = 200): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, body: `${JSON.stringify(value)}\n` };
}

/** 400: the request says something that cannot be. */
export const badRequest = (message: string): ServiceError => new ServiceError("BadRequest", message);

/** 404: what the path names is not there. */
export const notFound = (message: string): ServiceError =>
  new ServiceError("NotFound", message, { status: 404 });

/** 409: it cannot be done as things stand. */
export const conflict = (message: string): ServiceError =>
  new ServiceError("Conflict", message, { status: 409 });

/** The body as a JSON object; an empty body is an empty object. @throws ServiceError 400 */
export function jsonBody({ body }: Pick<AdminRequest, "body">): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    throw badRequest("The body is not JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw badRequest("The body must be a JSON object.");
  return value as Readonly<Record<string, unknown>>;
}

/** A whole number in the query, within its bounds. @throws ServiceError 400 */
export function queryNumber(
  query: URLSearchParams,
  name: string,
  bounds: { readonly min: number; readonly max: number; readonly fallback: number },
): number {
  const text = query.get(name);
  if (text === null || text === "") return bounds.fallback;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= bounds.min && value <= bounds.max) return value;
  throw badRequest(`${name} must be a whole number from ${bounds.min} to ${bounds.max}.`);
}
