import type { Clock } from "../../core/clock.ts";
import type { Log } from "../../kernels/log/index.ts";

/** Why a subscription ends before its time. */
export type EndReason = "client left" | "taken over" | "consumer gone" | "stream gone";

/** A switch that a subscription's owner turns to end it. */
export class SubscriptionEnd {
  #reason: EndReason | undefined;
  #wake: (() => void) | undefined;

  get reason(): EndReason | undefined {
    return this.#reason;
  }

  end(reason: EndReason): void {
    this.#reason ??= reason;
    this.wake();
  }

  /** Makes a waiting subscription look again. */
  wake(): void {
    this.#wake?.();
  }

  /** Resolves when there is something new to read, when the time is up, or when the subscription ends. */
  wait(log: Log, offset: number, clock: Clock, maxMs: number): Promise<void> {
    if (this.#reason !== undefined || log.durableOffset > offset) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#wake = undefined;
        timer.cancel();
        listening[Symbol.dispose]();
        resolve();
      };
      const timer = clock.after(maxMs, wake);
      const listening = log.onDurable(wake);
      this.#wake = wake;
    });
  }
}
