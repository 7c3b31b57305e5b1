import { Feed, type FeedItem } from "../core/feed.ts";
import type { Principal } from "./call.ts";
import { userAgentOf } from "./gateway-call.ts";
import type { Headers } from "./http.ts";

const maxRequests = 2_000;
const maxUserAgentChars = 200;
const maxResourceChars = 2_048;
/** Operations that were asked for though they are not there; more are counted together. */
const maxUnsupported = 1_000;

/**
 * How it was decided that a call may be made. `trust`: everybody may do everything; `none`: it did not come
 * to a decision, because the request was refused before, or needs no permission.
 */
export type Decision = "trust" | "allowed" | "denied" | "unauthenticated" | "none";

/**
 * One request and what became of it: whole figures and names, nothing of what was sent. The gateway fills it
 * as it goes.
 */
export class RequestRecord implements FeedItem {
  n = 0;
  /** When it was received, milliseconds since the epoch. */
  readonly at: number;
  readonly requestId: string;
  service = "-";
  operation = "-";
  /** The ARN it was about; "" for none, or for one that could not be told. */
  resource = "";
  /** The caller's ARN; "" when it is not known. */
  principal = "";
  account = "-";
  region = "";
  /** HTTP status; 0 when the client did not wait for the answer. */
  status = 0;
  /** "OK", or the code of the error. */
  code = "OK";
  decision: Decision = "none";
  /** `root`, or the kind of policy that allowed, denied, or should have allowed. */
  decidedBy = "";
  durationMs = 0;
  requestBytes = 0;
  readonly userAgent: string;
  readonly remoteAddress: string;

  constructor(requestId: string, at: number, headers: Headers, remoteAddress: string) {
    this.requestId = requestId;
    this.at = at;
    this.userAgent = cut(userAgentOf(headers) ?? "", maxUserAgentChars);
    this.remoteAddress = remoteAddress;
  }

  setCaller(principal: Principal, region: string): void {
    this.principal = principal.arn;
    this.account = principal.account;
    this.region = region;
  }

  /** The first of the ARNs that a call touches. */
  setResource(arn: string | undefined): void {
    if (arn !== undefined && arn !== "*") this.resource = cut(arn, maxResourceChars);
  }
}

/** A call for something that Millrace does not have. */
export interface UnsupportedCall {
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly lastAt: number;
  readonly userAgent: string;
}

/** The newest requests, and which calls were asked for in vain. In memory alone. */
export class RequestLog {
  readonly feed: Feed<RequestRecord> = new Feed(maxRequests);
  /** The latest last. */
  readonly #unsupported = new Map<string, UnsupportedCall>();

  add(record: RequestRecord): void {
    this.feed.add(record);
    if (record.status === 501) this.#countUnsupported(record);
  }

  /** The latest first. */
  unsupported(): readonly UnsupportedCall[] {
    return [...this.#unsupported.values()].reverse();
  }

  #countUnsupported({ service, operation, account, at, userAgent }: RequestRecord): void {
    const key = `${account} ${service} ${operation}`;
    const known = this.#unsupported.get(key);
    if (known !== undefined) {
      this.#unsupported.delete(key);
      this.#unsupported.set(key, { ...known, count: known.count + 1, lastAt: at, userAgent });
      return;
    }
    // The operation is one of a model's, so that the list ends by itself; accounts are anybody's choice.
    if (this.#unsupported.size >= maxUnsupported) {
      const [oldest] = this.#unsupported.keys();
      this.#unsupported.delete(oldest ?? "");
    }
    this.#unsupported.set(key, { service, operation, account, count: 1, lastAt: at, userAgent });
  }
}

/** A slice would keep the whole text alive as long as the record. */
function cut(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : Buffer.from(text.slice(0, maxChars)).toString();
}
