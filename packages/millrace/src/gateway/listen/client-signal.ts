import type { EventEmitter } from "node:events";

/** A signal that aborts when `closing` closes before its answer was complete. */
export function clientSignal(
  closing: EventEmitter,
  gone: () => boolean,
  complete: () => boolean,
): AbortSignal {
  if (complete()) return new AbortController().signal;
  if (gone()) return AbortSignal.abort();
  const controller = new AbortController();
  closing.once("close", () => {
    if (!complete()) controller.abort();
  });
  return controller.signal;
}
