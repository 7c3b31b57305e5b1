import { SqlError } from "../../../sql/sql-error.ts";

/** `share`: readers; `write`: changes of rows, one transaction after another; `exclusive`: DDL and TRUNCATE. */
export type LockMode = "share" | "write" | "exclusive";

/** Redshift's names. */
export const lockModeNames: Readonly<Record<LockMode, string>> = {
  share: "AccessShareLock",
  write: "ShareRowExclusiveLock",
  exclusive: "AccessExclusiveLock",
};

/** A transaction. */
export interface LockOwner {
  readonly processId: number;
}

export interface LockFact {
  readonly key: string;
  readonly owner: LockOwner;
  readonly mode: LockMode;
  readonly granted: boolean;
}

interface Waiter {
  readonly owner: LockOwner;
  readonly mode: LockMode;
  readonly resolve: () => void;
  readonly reject: (error: SqlError) => void;
}

interface Lock {
  readonly holders: Map<LockOwner, LockMode>;
  waiters: Waiter[];
}

/**
 * Who may do what with which table, until the end of its transaction. Requests are granted in the order in which
 * they come, but a transaction that holds a lock and wants more of it goes before those who have nothing.
 */
export class LockTable {
  readonly #locks = new Map<string, Lock>();
  /** What each transaction holds or waits for. */
  readonly #keys = new Map<LockOwner, Set<string>>();

  /** Undefined when the lock was free: nothing to wait for. @throws SqlError 40P01 when the wait would never end */
  acquire(owner: LockOwner, key: string, mode: LockMode): Promise<void> | undefined {
    const lock = this.#lock(key);
    const held = lock.holders.get(owner);
    if (held !== undefined && strength[held] >= strength[mode]) return undefined;
    if (isFree(lock, owner, mode) && (held !== undefined || lock.waiters.length === 0)) {
      this.#grant(lock, key, owner, mode);
      return undefined;
    }
    return this.#wait(lock, key, owner, mode, held !== undefined);
  }

  /** Whether a lock could be had without waiting. */
  isFree(owner: LockOwner, key: string, mode: LockMode): boolean {
    const lock = this.#locks.get(key);
    return lock === undefined || (isFree(lock, owner, mode) && lock.waiters.length === 0);
  }

  releaseAll(owner: LockOwner): void {
    const keys = this.#keys.get(owner);
    if (keys === undefined) return;
    this.#keys.delete(owner);
    for (const key of keys) {
      const lock = this.#locks.get(key);
      if (lock === undefined) continue;
      lock.holders.delete(owner);
      lock.waiters = lock.waiters.filter((waiter) => waiter.owner !== owner);
      this.#wake(lock, key);
    }
  }

  /** Ends the wait of a transaction with this error; does nothing when it does not wait. */
  abandon(owner: LockOwner, error: SqlError): void {
    for (const key of this.#keys.get(owner) ?? []) {
      const lock = this.#locks.get(key);
      const waiter = lock?.waiters.find((other) => other.owner === owner);
      if (lock === undefined || waiter === undefined) continue;
      lock.waiters = lock.waiters.filter((other) => other !== waiter);
      waiter.reject(error);
      this.#wake(lock, key);
    }
  }

  facts(): readonly LockFact[] {
    const facts: LockFact[] = [];
    for (const [key, lock] of this.#locks) {
      for (const [owner, mode] of lock.holders) facts.push({ key, owner, mode, granted: true });
      for (const { owner, mode } of lock.waiters) facts.push({ key, owner, mode, granted: false });
    }
    return facts;
  }

  #lock(key: string): Lock {
    const known = this.#locks.get(key);
    if (known !== undefined) return known;
    const lock: Lock = { holders: new Map(), waiters: [] };
    this.#locks.set(key, lock);
    return lock;
  }

  #grant(lock: Lock, key: string, owner: LockOwner, mode: LockMode): void {
    lock.holders.set(owner, mode);
    this.#note(owner, key);
  }

  #note(owner: LockOwner, key: string): void {
    const keys = this.#keys.get(owner);
    if (keys === undefined) this.#keys.set(owner, new Set([key]));
    else keys.add(key);
  }

  #wait(lock: Lock, key: string, owner: LockOwner, mode: LockMode, first: boolean): Promise<void> {
    const circle = this.#circle(lock, owner, mode, first);
    if (circle !== undefined)
      throw new SqlError("40P01", "deadlock detected", {
        detail: `Process ${owner.processId} waits for ${lockModeNames[mode]} on ${key}; blocked by process ${circle.processId}.`,
      });
    return new Promise((resolve, reject) => {
      const waiter = { owner, mode, resolve, reject };
      if (first) lock.waiters.unshift(waiter);
      else lock.waiters.push(waiter);
      this.#note(owner, key);
    });
  }

  /** Somebody who would wait for `owner`, directly or not, if `owner` waited here. */
  #circle(lock: Lock, owner: LockOwner, mode: LockMode, first: boolean): LockOwner | undefined {
    const direct = blockers(lock, owner, mode, first ? 0 : lock.waiters.length);
    const seen = new Set<LockOwner>();
    const open = [...direct];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === owner) return direct[0];
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...this.#waitsFor(next));
    }
    return undefined;
  }

  #waitsFor(owner: LockOwner): readonly LockOwner[] {
    for (const key of this.#keys.get(owner) ?? []) {
      const lock = this.#locks.get(key);
      const at = lock?.waiters.findIndex((waiter) => waiter.owner === owner) ?? -1;
      const waiter = lock?.waiters[at];
      if (lock !== undefined && waiter !== undefined) return blockers(lock, owner, waiter.mode, at);
    }
    return [];
  }

  #wake(lock: Lock, key: string): void {
    for (let next = lock.waiters[0]; next !== undefined; next = lock.waiters[0]) {
      if (!isFree(lock, next.owner, next.mode)) return;
      lock.waiters.shift();
      this.#grant(lock, key, next.owner, next.mode);
      next.resolve();
    }
    if (lock.holders.size === 0) this.#locks.delete(key);
  }
}

const strength: Readonly<Record<LockMode, number>> = { share: 0, write: 1, exclusive: 2 };

function conflicts(one: LockMode, other: LockMode): boolean {
  if (one === "exclusive" || other === "exclusive") return true;
  return one === "write" && other === "write";
}

function isFree(lock: Lock, owner: LockOwner, mode: LockMode): boolean {
  for (const [holder, held] of lock.holders) if (holder !== owner && conflicts(held, mode)) return false;
  return true;
}

/** Holders in the way, and those who wait in front and would be in the way. */
function blockers(lock: Lock, owner: LockOwner, mode: LockMode, ahead: number): readonly LockOwner[] {
  const found: LockOwner[] = [];
  for (const [holder, held] of lock.holders)
    if (holder !== owner && conflicts(held, mode)) found.push(holder);
  for (const waiter of lock.waiters.slice(0, ahead)) if (waiter.owner !== owner) found.push(waiter.owner);
  return found;
}
