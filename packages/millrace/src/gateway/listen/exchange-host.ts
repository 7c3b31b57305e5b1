import type { Socket } from "node:net";
import type { Readable, Writable } from "node:stream";
import type { Clock } from "../../core/clock.ts";
import type { BodyWatch } from "./body-watch.ts";
import type { ListenerLimits } from "./listener-limits.ts";

/** What an exchange needs to know of the listener that it belongs to. */
export interface ExchangeHost {
  readonly limits: ListenerLimits;
  readonly bodies: BodyWatch;
  readonly clock: Clock;
  /** True once the listener closes: connections are not kept for further requests. */
  readonly draining: boolean;
}

/**
 * Reads the rest of a body after its answer was sent and throws it away, so that a client that is still
 * sending sees the answer instead of a reset connection; only so much of it, then the connection is cut.
 */
export function discardRest(source: Readable, socket: Socket, host: ExchangeHost, cut: () => void): void {
  if (source.readableEnded || source.destroyed) return;
  let left = host.limits.maxDiscardedBytes;
  source.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) cut();
  });
  source.resume();
  host.bodies.add(source, socket, cut);
}

/** Smaller answers fit into the connection's own buffers: no reader is needed to be rid of them. */
const watchedAnswerBytes = 256 * 1024;

/** Cuts a client that does not read a large answer, which would stay in memory for as long as it likes. */
export function cutWhenUnread(to: Writable, bytes: number, host: ExchangeHost): void {
  if (bytes < watchedAnswerBytes || to.writableFinished || to.destroyed) return;
  const timer = host.clock.after(host.limits.responseStallTimeoutMs, () => to.destroy());
  to.once("finish", () => timer.cancel()).once("close", () => timer.cancel());
}
