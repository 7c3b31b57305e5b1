import { deliveryStreamArn } from "./arn.ts";
import { takeRecords } from "./record-intake.ts";
import type { FirehoseState } from "./state.ts";
import { findDirectPut } from "./stream-lookup.ts";

/** A delivery stream, as parts of Millrace name it that put records without a call. */
export interface NamedStream {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** What PutRecordBatch does, for other parts of Millrace. */
export class DirectIntake {
  readonly #state: FirehoseState;

  constructor(state: FirehoseState) {
    this.#state = state;
  }

  arnOf(stream: NamedStream): string {
    return deliveryStreamArn(stream);
  }

  /** @throws ServiceError as a client gets it that puts records now */
  check(stream: NamedStream): void {
    findDirectPut(this.#state, { DeliveryStreamName: stream.name }, stream);
  }

  /**
   * All records are taken, durably, or none.
   * @param sourceArn of whoever puts them
   * @throws ServiceError
   */
  async put(stream: NamedStream, records: readonly Uint8Array[], sourceArn: string): Promise<void> {
    const found = findDirectPut(this.#state, { DeliveryStreamName: stream.name }, stream);
    let bytes = 0;
    for (const record of records) bytes += record.byteLength;
    const call = { operation: "PutRecordBatch", receivedAt: this.#state.clock.now(), sourceArn };
    await takeRecords(this.#state, found, records, bytes, call);
  }
}
