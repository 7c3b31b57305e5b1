import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import type { Clock, Timer } from "../../core/clock.ts";
import type { ListenerLimits } from "./listener-limits.ts";

interface Watched {
  readonly source: Readable;
  readonly socket: Socket;
  readonly cut: () => void;
  startedAtMs: number;
  startBytes: number;
  progressAtMs: number;
  progressBytes: number;
  /** Place in the list, -1 when it is not watched any more. */
  index: number;
}

const sweepIntervalMs = 5_000;

/**
 * Cuts clients that send their body too slowly. One timer looks at all bodies that are due; it compares the
 * connection's byte counter, so the bodies themselves carry no bookkeeping.
 */
export class BodyWatch {
  readonly #limits: ListenerLimits;
  readonly #clock: Clock;
  /**
   * An array, because a set that one request after another enters and leaves makes the collector keep them
   * all: each time it is rehashed the old table refers to the new one, and a dead table that has grown old
   * holds on to what came after it. This took 4 KB a request until the next full collection.
   */
  #due: Watched[] = [];
  #timer: Timer | undefined;

  constructor(limits: ListenerLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Watches until `source` ends or closes; `cut` ends it. */
  add(source: Readable, socket: Socket, cut: () => void): void {
    const now = this.#clock.now();
    const bytes = socket.bytesRead;
    const watched: Watched = {
      source,
      socket,
      cut,
      startedAtMs: now,
      startBytes: bytes,
      progressAtMs: now,
      progressBytes: bytes,
      index: this.#due.length,
    };
    this.#due.push(watched);
    const done = (): void => this.#forget(watched);
    source.once("end", done).once("close", done);
    this.#timer ??= this.#clock.after(sweepIntervalMs, () => this.#sweep());
  }

  close(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#due = [];
  }

  /** The last one takes the place of the one that leaves. */
  #forget(watched: Watched): void {
    const { index } = watched;
    if (index < 0 || this.#due[index] !== watched) return;
    watched.index = -1;
    const last = this.#due.pop();
    if (last === undefined || last === watched) return;
    last.index = index;
    this.#due[index] = last;
  }

  #sweep(): void {
    this.#timer = undefined;
    const now = this.#clock.now();
    for (const watched of [...this.#due]) {
      if (this.#tooSlow(watched, now)) {
        this.#forget(watched);
        watched.cut();
      }
    }
    if (this.#due.length > 0) this.#timer = this.#clock.after(sweepIntervalMs, () => this.#sweep());
  }

  #tooSlow(watched: Watched, nowMs: number): boolean {
    const bytes = watched.socket.bytesRead;
    const waitsForUs = watched.source.readableLength > 0 || watched.source.isPaused();
    if (waitsForUs) {
      watched.startedAtMs = nowMs;
      watched.startBytes = bytes;
    }
    if (waitsForUs || bytes !== watched.progressBytes) {
      watched.progressAtMs = nowMs;
      watched.progressBytes = bytes;
    }
    if (nowMs - watched.progressAtMs >= this.#limits.bodyIdleTimeoutMs) return true;
    const elapsedMs = nowMs - watched.startedAtMs;
    if (elapsedMs < this.#limits.bodyIdleTimeoutMs) return false;
    return (bytes - watched.startBytes) * 1_000 < this.#limits.minBodyBytesPerSecond * elapsedMs;
  }
}
