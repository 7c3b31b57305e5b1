import type { ConnectorContext } from "../connector-port.ts";

/** Delivery streams of this Millrace, as the engine writes them. Implemented outside the kernel. */
export interface DeliveryPort {
  /** In the name of the application's role. @throws DeliveryAccessError */
  open(stream: DeliveryStreamName, context: ConnectorContext): Promise<DeliveryWriter>;
}

/** In the application's account. */
export interface DeliveryStreamName {
  readonly name: string;
  readonly region: string;
}

/** The delivery stream takes no records, now or from this application. */
export class DeliveryAccessError extends Error {
  override readonly name = "DeliveryAccessError";
}

export interface DeliveryWriter {
  /**
   * All records are taken, durably, or none. @throws DeliveryAccessError, anything else: nobody knows whether they
   * were
   */
  put(records: readonly Uint8Array[]): Promise<void>;
}
