import { type ObjectTarget, ObjectTargetError, type ObjectWriter } from "./object-target-port.ts";
import type { BatchIdentity, Delivery, DeliveryOutcome, Sink } from "./sink.ts";

export interface ObjectSinkParts {
  readonly target: ObjectTarget;
  readonly writer: ObjectWriter;
  /** The same for the same batch whenever it is asked: a redelivery replaces its own object. */
  keyOf(identity: BatchIdentity): string;
}

/** Writes each batch as one object. What fails is tried again. */
export class ObjectSink implements Sink {
  readonly #parts: ObjectSinkParts;

  constructor(parts: ObjectSinkParts) {
    this.#parts = parts;
  }

  async deliver({ identity, encoded }: Delivery, signal: AbortSignal): Promise<DeliveryOutcome> {
    const { target, writer } = this.#parts;
    const key = this.#parts.keyOf(identity);
    const { contentEncoding, contentType = "application/octet-stream", sizeBytes } = encoded;
    try {
      await target.put(
        {
          ...writer,
          key,
          sizeBytes,
          body: encoded.read(),
          contentType,
          ...(contentEncoding === undefined ? {} : { contentEncoding }),
        },
        signal,
      );
      return { place: `s3://${writer.bucket}/${key}` };
    } catch (error) {
      if (!(error instanceof ObjectTargetError)) throw error;
      return { retry: { errorCode: error.code, errorMessage: error.message } };
    }
  }
}
