import { ServiceError } from "../../core/errors.ts";
import { LogCipherError } from "../../kernels/log/index.ts";
import type { KinesisState } from "./state.ts";
import type { Stream } from "./stream.ts";

/**
 * Refuses a call that reads or writes a stream whose key cannot be used now. The log keeps opened data keys
 * and plain batches in memory, so that it would not notice. @throws ServiceError KMSDisabledException and such
 */
export function checkStreamKey({ keys }: KinesisState, { document }: Stream): void {
  if (document.keyId !== undefined) keys.checkNow(document.keyId, document);
}

/** What a client sees of a log that cannot open a data key: the key service's own error. */
export function cipherFailure(error: unknown): unknown {
  return error instanceof LogCipherError && error.cause instanceof ServiceError ? error.cause : error;
}
