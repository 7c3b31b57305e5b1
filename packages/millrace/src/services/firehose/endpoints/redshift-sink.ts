import type { Clock } from "../../../core/clock.ts";
import {
  type BatchIdentity,
  type Delivery,
  type DeliveryOutcome,
  type EncodedBatch,
  type ObjectSink,
  type ObjectTarget,
  ObjectTargetError,
  type ObjectWriter,
} from "../../../kernels/delivery/index.ts";
import { type WarehouseCopy, WarehouseError, type WarehousePort } from "../warehouse-port.ts";

export interface RedshiftSinkParts {
  /** Writes the batch to where COPY reads it. */
  readonly staging: ObjectSink;
  readonly stagedKeyOf: (identity: BatchIdentity) => string;
  readonly manifestKeyOf: (identity: BatchIdentity) => string;
  /** Where the manifest lies of what was given up. */
  readonly errorManifestKeyOf: (identity: BatchIdentity) => string;
  readonly places: ObjectTarget;
  readonly writer: ObjectWriter;
  readonly warehouse: WarehousePort;
  readonly copyOf: (manifest: string) => WarehouseCopy;
  /** From the first attempt on. */
  readonly retryMs: number;
  readonly clock: Clock;
}

/**
 * Delivers to Amazon Redshift: a batch becomes an object and a manifest in S3, which the cluster loads by COPY.
 * A batch that cannot be loaded in time leaves a manifest among the errors, for loading by hand, and stays in S3.
 */
export class RedshiftSink {
  readonly #parts: RedshiftSinkParts;
  /** When batches were staged, that are still to be loaded. */
  readonly #stagedMs = new WeakMap<EncodedBatch, number>();

  constructor(parts: RedshiftSinkParts) {
    this.#parts = parts;
  }

  async deliver(delivery: Delivery, signal: AbortSignal): Promise<DeliveryOutcome> {
    const { identity, encoded } = delivery;
    try {
      if (!this.#stagedMs.has(encoded)) {
        const staged = await this.#stage(delivery, signal);
        if (staged.retry !== undefined) return staged;
      }
      return await this.#load(identity, encoded, signal);
    } catch (error) {
      if (!(error instanceof ObjectTargetError)) throw error;
      return { retry: { errorCode: error.code, errorMessage: error.message } };
    }
  }

  async #stage(delivery: Delivery, signal: AbortSignal): Promise<DeliveryOutcome> {
    const { staging, manifestKeyOf, clock } = this.#parts;
    const outcome = await staging.deliver(delivery, signal);
    if (outcome.retry !== undefined) return outcome;
    await this.#putManifest(manifestKeyOf(delivery.identity), delivery.identity, signal);
    this.#stagedMs.set(delivery.encoded, clock.now());
    return {};
  }

  async #load(identity: BatchIdentity, encoded: EncodedBatch, signal: AbortSignal): Promise<DeliveryOutcome> {
    const { warehouse, copyOf, manifestKeyOf, errorManifestKeyOf, retryMs, clock } = this.#parts;
    try {
      await warehouse.copy(copyOf(this.#urlOf(manifestKeyOf(identity))), signal);
      return {};
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof WarehouseError)) throw error;
      const leftMs = (this.#stagedMs.get(encoded) ?? clock.now()) + retryMs - clock.now();
      if (leftMs > 0) return { retry: { errorCode: error.code, errorMessage: error.message } };
      await this.#putManifest(errorManifestKeyOf(identity), identity, signal);
      return {};
    }
  }

  async #putManifest(key: string, identity: BatchIdentity, signal: AbortSignal): Promise<void> {
    const { places, writer, stagedKeyOf } = this.#parts;
    const entries = [{ url: this.#urlOf(stagedKeyOf(identity)), mandatory: true }];
    const bytes = Buffer.from(JSON.stringify({ entries }));
    const body = (async function* (): AsyncIterable<Buffer> {
      yield bytes;
    })();
    const contentType = "application/json";
    await places.put({ ...writer, key, sizeBytes: bytes.byteLength, body, contentType }, signal);
  }

  #urlOf(key: string): string {
    return `s3://${this.#parts.writer.bucket}/${key}`;
  }
}
