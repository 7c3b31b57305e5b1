import type { _Record as KinesisRecord } from "@aws-sdk/client-kinesis";
import { userRecords } from "../decode/aggregated.ts";
import type { Codecs } from "../decode/codecs.ts";
import { type Format, type Payload, readPayload } from "../decode/payload.ts";

/** Shown in a row; what is longer is cut. */
const maxPreviewLength = 400;

/** A record of a user: what is read of it is read once, when somebody wants to see it. */
export class TailRecord {
  /** Counts up; tells records apart. */
  readonly n: number;
  readonly shard: string;
  readonly key: string;
  readonly sequenceNumber: string;
  /** Its place in what the Kinesis Producer Library has aggregated. */
  readonly subSequence: number | undefined;
  readonly explicitHashKey: string | undefined;
  readonly arrivalMs: number;
  readonly data: Uint8Array;
  readonly encryption: string | undefined;
  readonly #codecs: Codecs;
  #payload: Payload | undefined;
  #format: Format = "auto";

  constructor(n: number, shard: string, record: KinesisRecord, codecs: Codecs, part?: AggregatedPart) {
    this.n = n;
    this.shard = shard;
    this.key = part?.partitionKey ?? record.PartitionKey ?? "";
    this.sequenceNumber = record.SequenceNumber ?? "";
    this.subSequence = part?.index;
    this.explicitHashKey = part?.explicitHashKey;
    this.arrivalMs = record.ApproximateArrivalTimestamp?.getTime() ?? 0;
    this.data = part?.data ?? record.Data ?? new Uint8Array();
    this.encryption = record.EncryptionType;
    this.#codecs = codecs;
  }

  /** Unique in the stream. */
  get id(): string {
    const sub = this.subSequence === undefined ? "" : `.${this.subSequence}`;
    return `${this.sequenceNumber}${sub}`;
  }

  payload(format: Format = "auto"): Payload {
    if (this.#payload === undefined || this.#format !== format) {
      this.#payload = readPayload(this.data, format, this.#codecs);
      this.#format = format;
    }
    return this.#payload;
  }

  /** In one line. */
  preview(format: Format): string {
    const { text } = this.payload(format);
    return text.slice(0, maxPreviewLength).replace(/\s+/g, " ");
  }
}

interface AggregatedPart {
  readonly index: number;
  readonly partitionKey: string;
  readonly explicitHashKey: string | undefined;
  readonly data: Uint8Array;
}

/** Makes records of what a shard answers; those that a producer has aggregated are taken apart. */
export class TailRecords {
  readonly #codecs: Codecs;
  #next = 1;

  constructor(codecs: Codecs) {
    this.#codecs = codecs;
  }

  of(shard: string, answered: readonly KinesisRecord[]): TailRecord[] {
    const made: TailRecord[] = [];
    for (const record of answered) {
      const parts = record.Data === undefined ? undefined : userRecords(record.Data);
      if (parts === undefined) made.push(new TailRecord(this.#next++, shard, record, this.#codecs));
      for (const [index, part] of parts?.entries() ?? [])
        made.push(new TailRecord(this.#next++, shard, record, this.#codecs, { ...part, index }));
    }
    return made;
  }
}
