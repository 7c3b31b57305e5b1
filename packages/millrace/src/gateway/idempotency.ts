import { createHash } from "node:crypto";
import type { Clock } from "../core/clock.ts";

/** What makes two requests the same attempt: the client's token, within one account, region and operation. */
export interface IdempotencyKey {
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  /** `ClientToken`, `ClientRequestToken`: the member that the model marks. */
  readonly token: string;
}

interface Entry {
  readonly inputHash: string;
  readonly outcome: Promise<unknown>;
  readonly expiresAtMs: number;
}

const defaultLifeMs = 24 * 60 * 60 * 1000;
const defaultMaxEntries = 10_000;

/**
 * Remembers the outputs of calls that carried an idempotency token, so that a repetition returns what the
 * first call did instead of doing it again. A repetition that arrives meanwhile waits for the first.
 */
export class IdempotencyStore {
  readonly #clock: Clock;
  readonly #lifeMs: number;
  readonly #maxEntries: number;
  /** In the order of their making, which is also the order in which they expire. */
  readonly #entries = new Map<string, Entry>();

  constructor(options: { readonly clock: Clock; readonly lifeMs?: number; readonly maxEntries?: number }) {
    this.#clock = options.clock;
    this.#lifeMs = options.lifeMs ?? defaultLifeMs;
    this.#maxEntries = options.maxEntries ?? defaultMaxEntries;
  }

  get size(): number {
    return this.#entries.size;
  }

  /**
   * Runs the call, or returns what it returned before. `mismatch` makes the service's own error for a token
   * that comes again with another input. A call that failed is forgotten: trying again is what the token is for.
   */
  run<T>(key: IdempotencyKey, input: unknown, call: () => Promise<T> | T, mismatch: () => Error): Promise<T> {
    this.#forgetExpired();
    const name = JSON.stringify([key.account, key.region, key.service, key.operation, key.token]);
    const inputHash = hashInput(input);
    const known = this.#entries.get(name);
    if (known === undefined) return this.#start(name, inputHash, call);
    if (known.inputHash !== inputHash) return Promise.reject(mismatch());
    return known.outcome as Promise<T>;
  }

  #start<T>(name: string, inputHash: string, call: () => Promise<T> | T): Promise<T> {
    const outcome = Promise.resolve().then(call);
    const entry = { inputHash, outcome, expiresAtMs: this.#clock.now() + this.#lifeMs };
    this.#entries.set(name, entry);
    // `outcome` goes to the caller; this branch only clears the table and must not count as unhandled.
    outcome.catch(() => {
      if (this.#entries.get(name) === entry) this.#entries.delete(name);
    });
    this.#forgetSurplus();
    return outcome;
  }

  #forgetExpired(): void {
    const now = this.#clock.now();
    for (const [name, entry] of this.#entries) {
      if (entry.expiresAtMs > now) return;
      this.#entries.delete(name);
    }
  }

  #forgetSurplus(): void {
    for (const name of this.#entries.keys()) {
      if (this.#entries.size <= this.#maxEntries) return;
      this.#entries.delete(name);
    }
  }
}

/** The same for inputs that say the same, whatever the order of their members. */
function hashInput(input: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(canonical(input)) ?? "")
    .digest("base64");
}

/** Kinds of values are told apart by a tag, so that bytes never equal a text that looks like them. */
function canonical(value: unknown): unknown {
  if (typeof value === "bigint") return { bigint: String(value) };
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("base64") };
  if (value instanceof Date) return { date: value.getTime() };
  if (Array.isArray(value)) return value.map(canonical);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return {
    members: entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, item]) => [name, canonical(item)]),
  };
}
