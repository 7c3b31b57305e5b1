import type { Logger } from "../core/logger.ts";
import type { Caller } from "./authenticate.ts";
import type { Call, Principal, StreamedPayload } from "./call.ts";
import type { Headers } from "./http.ts";
import type { Exchange } from "./listen/exchange.ts";
import type { Permission } from "./permission.ts";
import type { Route } from "./route/route.ts";

/**
 * A call that came over HTTP. A class, because an object literal with a getter gets a hidden class of its own
 * each time, which lives in old space and holds the whole request until the next full collection.
 */
export class GatewayCall implements Call {
  readonly requestId: string;
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly principal: Principal;
  readonly receivedAt: number;
  readonly log: Logger;
  readonly payload: StreamedPayload | undefined;
  /** Set by the gateway where there are policies. */
  require: ((permission: Permission) => void) | undefined = undefined;
  readonly #exchange: Exchange;

  constructor(
    route: Route,
    { principal, region }: Caller,
    exchange: Exchange,
    about: {
      readonly requestId: string;
      readonly receivedAt: number;
      readonly log: Logger;
      readonly payload: StreamedPayload | undefined;
    },
  ) {
    this.requestId = about.requestId;
    this.service = route.service;
    this.operation = route.operation;
    this.account = principal.account;
    this.region = region;
    this.principal = principal;
    this.receivedAt = about.receivedAt;
    this.log = about.log;
    this.payload = about.payload;
    this.#exchange = exchange;
  }

  get userAgent(): string | undefined {
    return userAgentOf(this.#exchange.head.headers);
  }

  /** Made when it is first asked for. */
  get signal(): AbortSignal {
    return this.#exchange.signal;
  }
}

/** Browsers do not let a page's SDK set the usual header. */
export function userAgentOf(headers: Headers): string | undefined {
  const userAgent = headers["user-agent"];
  if (userAgent !== undefined && !userAgent.startsWith("Mozilla/")) return userAgent;
  return headers["x-amz-user-agent"] ?? userAgent;
}
