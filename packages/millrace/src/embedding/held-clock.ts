import type { Clock, Timer } from "../core/clock.ts";

interface Pending {
  readonly dueMs: number;
  /** Timers that are due at the same time run in the order in which they were set. */
  readonly turn: number;
  readonly run: () => void;
}

/** How long one settling may take: something that never rests must not hang a test. */
const maxSettleMs = 10_000;
/** Turns of the event loop without any work on files before the next timer runs. */
const quietTurns = 3;
/** The same at the end of an advance, a millisecond apart, for what other threads do for this one. */
const quietTicks = 10;
/** Work that Node tells of: files, compression. */
const work: ReadonlySet<string> = new Set([
  "FSReqCallback",
  "FSReqPromise",
  "FileHandleCloseReq",
  "Zlib",
  "ZLIB",
  "ZSTD",
]);

/** A clock that stands still but for `advance`. What is to happen at once, happens at once. */
export class HeldClock implements Clock {
  #nowMs: number;
  #turn = 0;
  #pending: Pending[] = [];
  #advancing: Promise<void> = Promise.resolve();

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): Timer {
    if (delayMs <= 0) {
      const immediate = setImmediate(run);
      return { cancel: () => clearImmediate(immediate) };
    }
    const entry = { dueMs: this.#nowMs + delayMs, turn: this.#turn++, run };
    this.#pending.push(entry);
    return {
      cancel: () => {
        this.#pending = this.#pending.filter((other) => other !== entry);
      },
    };
  }

  /** Moves time forward. Each timer runs at its own time, when what the one before it began has come to rest. */
  advance(ms: number): Promise<void> {
    if (!(ms >= 0) || !Number.isFinite(ms)) return Promise.reject(new RangeError("time only moves forward"));
    const advanced = this.#advancing.then(() => this.#advanceTo(this.#nowMs + ms));
    this.#advancing = advanced.catch(() => {});
    return advanced;
  }

  async #advanceTo(untilMs: number): Promise<void> {
    await settle(quietTurns, nextTurn);
    for (let next = this.#due(untilMs); next !== undefined; next = this.#due(untilMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.run();
      await settle(quietTurns, nextTurn);
    }
    this.#nowMs = untilMs;
    await settle(quietTicks, nextTick);
    // What came to rest only now may have set timers that are due.
    if (this.#due(untilMs, "peek") !== undefined) await this.#advanceTo(untilMs);
  }

  /** The next timer until then, which is not pending any more. */
  #due(untilMs: number, how: "take" | "peek" = "take"): Pending | undefined {
    let first: Pending | undefined;
    for (const entry of this.#pending)
      if (entry.dueMs <= untilMs && (first === undefined || isBefore(entry, first))) first = entry;
    if (how === "take" && first !== undefined) this.#pending.splice(this.#pending.indexOf(first), 1);
    return first;
  }
}

function isBefore(a: Pending, b: Pending): boolean {
  return a.dueMs === b.dueMs ? a.turn < b.turn : a.dueMs < b.dueMs;
}

/** Waits until nothing has worked on files for some turns in a row. */
async function settle(turns: number, turn: () => Promise<void>): Promise<void> {
  const endMs = performance.now() + maxSettleMs;
  for (let quiet = 0; quiet < turns && performance.now() < endMs; ) {
    await turn();
    quiet = process.getActiveResourcesInfo().some((name) => work.has(name)) ? 0 : quiet + 1;
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
const nextTick = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 1));
