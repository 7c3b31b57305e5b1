import type { JsonWebKey } from "node:crypto";
import type { Clock } from "../../core/clock.ts";
import { invalidToken, providerUnreachable } from "./errors.ts";

/** A provider's public keys, and when they were asked for. */
interface KeySet {
  readonly fetchedMs: number;
  readonly keys: Promise<readonly PublicKey[]>;
}

export interface PublicKey extends JsonWebKey {
  readonly kid?: string;
}

/** How long keys are used before they are asked for again. */
const freshMs = 5 * 60_000;
/** A token with an unknown key has the keys asked for again, but not more often than this. */
const minRefetchMs = 10_000;
const maxKeySets = 100;
const maxKeys = 100;

/** The public keys of identity providers, by OpenID Connect Discovery. */
export class KeySets {
  readonly #clock: Clock;
  readonly #fetchJson: (url: string) => Promise<unknown>;
  readonly #sets = new Map<string, KeySet>();

  constructor(options: { readonly clock: Clock; readonly fetchJson: (url: string) => Promise<unknown> }) {
    this.#clock = options.clock;
    this.#fetchJson = options.fetchJson;
  }

  /** The keys that a token may be signed with: the one of that id, or all when the token names none. */
  async keys(url: string, keyId: string | undefined): Promise<readonly PublicKey[]> {
    const known = this.#sets.get(url);
    const ageMs = this.#clock.now() - (known?.fetchedMs ?? Number.NEGATIVE_INFINITY);
    if (known !== undefined && ageMs < freshMs) {
      const found = choose(await known.keys, keyId);
      if (found.length > 0 || ageMs < minRefetchMs) return found;
    }
    return choose(await this.#fetch(url), keyId);
  }

  clear(): void {
    this.#sets.clear();
  }

  #fetch(url: string): Promise<readonly PublicKey[]> {
    const keys = this.#discover(url);
    if (this.#sets.size >= maxKeySets) this.#sets.clear();
    const set = { fetchedMs: this.#clock.now(), keys };
    this.#sets.set(url, set);
    keys.catch(() => {
      // The next token tries again.
      if (this.#sets.get(url) === set) this.#sets.delete(url);
    });
    return keys;
  }

  async #discover(url: string): Promise<readonly PublicKey[]> {
    const configuration = await this.#get(`${url.replace(/\/$/, "")}/.well-known/openid-configuration`);
    const { issuer, jwks_uri: keysUrl } = configuration;
    if (typeof issuer !== "string" || issuer.replace(/\/$/, "") !== url.replace(/\/$/, ""))
      throw invalidToken("The provider's configuration names another issuer.");
    if (typeof keysUrl !== "string") throw invalidToken("The provider's configuration names no keys.");
    const { keys } = await this.#get(keysUrl);
    if (!Array.isArray(keys)) throw invalidToken("The provider's keys are not a key set.");
    return keys.slice(0, maxKeys).filter((key): key is PublicKey => typeof key === "object" && key !== null);
  }

  async #get(url: string): Promise<Readonly<Record<string, unknown>>> {
    try {
      const document = await this.#fetchJson(url);
      if (typeof document === "object" && document !== null) return { ...document };
      throw new Error(`${url} is not a JSON object`);
    } catch (error) {
      throw providerUnreachable(error);
    }
  }
}

function choose(keys: readonly PublicKey[], keyId: string | undefined): readonly PublicKey[] {
  return keyId === undefined ? keys : keys.filter(({ kid }) => kid === keyId);
}
