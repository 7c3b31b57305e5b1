import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../core/clock.ts";

/** What a token is good for. With another operation, account or filter it is as wrong as a forged one. */
export interface TokenScope {
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  /** The inputs that must stay the same from page to page, such as a filter or a stream's name. */
  readonly filters?: Readonly<Record<string, string | number | boolean | undefined>>;
}

/** Each service answers `invalid` and `expired` with an error of its own. */
export type OpenedToken =
  | { readonly kind: "valid"; readonly position: TokenPosition }
  | { readonly kind: "invalid" }
  | { readonly kind: "expired" };

/** Where the next page starts: anything that JSON can say. */
export type TokenPosition =
  | string
  | number
  | boolean
  | null
  | readonly TokenPosition[]
  | { readonly [key: string]: TokenPosition };

/** AWS's shortest limit on tokens is 2,048 characters; nothing longer is worth looking at. */
const maxTokenChars = 4096;
const macBytes = 16;

/**
 * Opaque page tokens: a client can neither read a meaning into them nor make one up.
 *
 *   token => base64url(mac[16] body)
 *   body  => JSON [expiresAtMs or 0, position]
 *   mac   => first 16 bytes of HMAC-SHA-256(key, JSON scope, body)
 */
export class PageTokens {
  readonly #key: Buffer;
  readonly #clock: Clock;

  constructor(options: { readonly key: Buffer; readonly clock: Clock }) {
    this.#key = options.key;
    this.#clock = options.clock;
  }

  /** Without `lifeMs` the token is good for ever. */
  seal(scope: TokenScope, position: TokenPosition, lifeMs?: number): string {
    const expiresAtMs = lifeMs === undefined ? 0 : this.#clock.now() + lifeMs;
    const body = Buffer.from(JSON.stringify([expiresAtMs, position]));
    return Buffer.concat([this.#mac(scope, body), body]).toString("base64url");
  }

  open(scope: TokenScope, token: string): OpenedToken {
    if (token.length > maxTokenChars) return { kind: "invalid" };
    const bytes = Buffer.from(token, "base64url");
    // The decoder ignores what is not base64; a token has exactly one spelling.
    if (bytes.length <= macBytes || bytes.toString("base64url") !== token) return { kind: "invalid" };
    const body = bytes.subarray(macBytes);
    if (!timingSafeEqual(bytes.subarray(0, macBytes), this.#mac(scope, body))) return { kind: "invalid" };
    const [expiresAtMs, position] = JSON.parse(body.toString()) as [number, TokenPosition];
    if (expiresAtMs !== 0 && this.#clock.now() >= expiresAtMs) return { kind: "expired" };
    return { kind: "valid", position };
  }

  #mac(scope: TokenScope, body: Buffer): Buffer {
    const filters = Object.entries(scope.filters ?? {})
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const bound = JSON.stringify([scope.operation, scope.account, scope.region, filters]);
    const hmac = createHmac("sha256", this.#key);
    return hmac.update(`${bound}\n`).update(body).digest().subarray(0, macBytes);
  }
}
