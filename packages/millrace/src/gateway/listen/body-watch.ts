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
}

const sweepIntervalMs = 5_000;

/**
 * Cuts clients that send their body too slowly. One timer looks at all bodies that are due; it compares the
 * connection's byte counter, so the bodies themselves carry no bookkeeping.
 */
export class BodyWatch {
  readonly #limits: ListenerLimits;
  readonly #clock: Clock;
  readonly #due = new Set<Watched>();
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
    };
    this.#due.add(watched);
    const done = (): void => void this.#due.delete(watched);
    source.once("end", done).once("close", done);
    this.#timer ??= this.#clock.after(sweepIntervalMs, () => this.#sweep());
  }

  close(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#due.clear();
  }

  #sweep(): void {
    this.#timer = undefined;
    const now = this.#clock.now();
    for (const watched of this.#due) {
      if (this.#tooSlow(watched, now)) {
        this.#due.delete(watched);
        watched.cut();
      }
    }
    if (this.#due.size > 0) this.#timer = this.#clock.after(sweepIntervalMs, () => this.#sweep());
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
