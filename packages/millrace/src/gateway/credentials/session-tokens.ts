import { createHmac } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { newAccessKeyId } from "../../core/access-key-id.ts";
import type { Clock } from "../../core/clock.ts";
import type { MasterKey } from "../../core/master-key.ts";
import type { Principal } from "../call.ts";
import type { Credential } from "../sigv4/verifier.ts";

/** Temporary credentials at the one moment that their secret is shown. */
export interface IssuedSession {
  readonly accessKeyId: string;
  readonly secretKey: string;
  readonly sessionToken: string;
  readonly expiresAtMs: number;
}

/** Whom a session speaks for. */
export type SessionPrincipal = Omit<Principal, "accessKeyId"> & Required<Pick<Principal, "session">>;

/** The longest token that is opened: headers of this length still pass all clients. */
const maxTokenChars = 8_192;
const maxClaimBytes = 256 * 1_024;
const maxCachedTokens = 1_024;
const tokenPurpose = "session tokens";

/**
 * Temporary credentials that are kept nowhere: the token carries its claims, sealed under a key of the master
 * key's, and the secret follows from the access key id. They outlive a restart, and end at their own time.
 *
 *   token  => base64(sealed(deflate(claims)))
 *   claims => JSON { key, expiresAtMs, principal }
 *   secret => base64 of the first 30 bytes of HMAC-SHA-512(derived key, access key id)
 */
export class SessionTokens {
  readonly #master: MasterKey;
  readonly #clock: Clock;
  readonly #secretKey: Buffer;
  /** By token, the oldest first. A token that opens once opens always. */
  readonly #opened = new Map<string, Credential>();

  constructor(options: { readonly master: MasterKey; readonly clock: Clock }) {
    this.#master = options.master;
    this.#clock = options.clock;
    this.#secretKey = options.master.derive("session secrets");
  }

  /** @throws RangeError when the session's policies and tags do not fit into a token. */
  issue(principal: SessionPrincipal, lifeMs: number): IssuedSession {
    const accessKeyId = newAccessKeyId(principal.account, "ASIA");
    const expiresAtMs = this.#clock.now() + lifeMs;
    const claims = deflateRawSync(JSON.stringify({ key: accessKeyId, expiresAtMs, principal }));
    const sessionToken = this.#master.seal(tokenPurpose, claims).toString("base64");
    if (sessionToken.length > maxTokenChars) throw new RangeError("the session's token is too long");
    return { accessKeyId, secretKey: this.#secretOf(accessKeyId), sessionToken, expiresAtMs };
  }

  /** The credential of a token, expired or not; undefined for a token that was not issued with this key id. */
  open(accessKeyId: string, token: string): Credential | undefined {
    const known = this.#opened.get(token) ?? this.#read(token);
    return known?.accessKeyId === accessKeyId ? known : undefined;
  }

  #read(token: string): Credential | undefined {
    const claims = token.length > maxTokenChars ? undefined : this.#claims(token);
    if (claims === undefined) return undefined;
    const { key: accessKeyId, expiresAtMs } = claims;
    const principal: Principal = { ...claims.principal, accessKeyId };
    const { account, arn, kind } = principal;
    const secretKey = this.#secretOf(accessKeyId);
    const sessionToken = token;
    const credential = { accessKeyId, secretKey, account, arn, kind, principal, sessionToken, expiresAtMs };
    for (const oldest of this.#opened.keys()) {
      if (this.#opened.size < maxCachedTokens) break;
      this.#opened.delete(oldest);
    }
    this.#opened.set(token, credential);
    return credential;
  }

  #claims(token: string): Claims | undefined {
    try {
      const sealed = Buffer.from(token, "base64");
      const text = inflateRawSync(this.#master.open(tokenPurpose, sealed), {
        maxOutputLength: maxClaimBytes,
      });
      return JSON.parse(text.toString()) as Claims;
    } catch {
      // Whatever is wrong with it, it is not a token of ours.
      return undefined;
    }
  }

  #secretOf(accessKeyId: string): string {
    const mac = createHmac("sha512", this.#secretKey).update(accessKeyId).digest();
    return mac.subarray(0, 30).toString("base64");
  }
}

interface Claims {
  readonly key: string;
  readonly expiresAtMs: number;
  readonly principal: SessionPrincipal;
}
