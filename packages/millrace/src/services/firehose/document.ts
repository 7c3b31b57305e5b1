import type { DeliveryStreamFailureType, KeyType } from "@aws-sdk/client-firehose";
import type { DestinationDocument } from "./destinations/destination-document.ts";

/** Where a delivery stream's records come from. */
export type SourceDocument =
  | { readonly kind: "directPut"; readonly throughputHintMBs?: number }
  | {
      readonly kind: "kinesis";
      readonly streamArn: string;
      readonly roleArn: string;
      /** Records that were put before are not delivered. */
      readonly startMs: number;
    };

/** Why KMS, or something else that the stream needs, let a change fail. */
export interface FailureDocument {
  readonly type: DeliveryStreamFailureType;
  readonly details: string;
}

export interface EncryptionKey {
  readonly keyType: KeyType;
  /** Of a key of the customer's. */
  readonly keyArn?: string;
}

export interface EncryptionDocument {
  readonly status: "ENABLED" | "ENABLING" | "ENABLING_FAILED" | "DISABLED" | "DISABLING" | "DISABLING_FAILED";
  /** What records are encrypted under now. */
  readonly inForce?: EncryptionKey;
  /** What they will be encrypted under when ENABLING has ended. */
  readonly coming?: EncryptionKey;
  readonly failure?: FailureDocument;
  /** When encryption was started or stopped in the last 24 hours, milliseconds since the epoch. */
  readonly changesMs: readonly number[];
}

/** A destination and the version of the delivery stream that brought it. */
export interface VersionedDestination {
  readonly version: number;
  readonly destination: DestinationDocument;
}

/** All that is kept of a delivery stream; one document, so that each change is all or nothing. */
export interface StreamDocument extends VersionedDestination {
  /** Unique for ever, also between streams of the same name; names what the delivery kernel keeps. */
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly createdMs: number;
  readonly updatedMs?: number;
  readonly status: "CREATING" | "CREATING_FAILED" | "ACTIVE" | "DELETING";
  readonly failure?: FailureDocument;
  readonly source: SourceDocument;
  /**
   * What the records in buffers are still delivered by, until the kernel has taken the newest destination: a
   * restart in between goes on with it, so that objects keep their keys.
   */
  readonly applied?: VersionedDestination;
  readonly encryption: EncryptionDocument;
  readonly tags: Readonly<Record<string, string>>;
}
