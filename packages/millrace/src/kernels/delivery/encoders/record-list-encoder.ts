import { assert } from "../../../core/assert.ts";
import type { DeliveryRecord, FailedRecord } from "../record.ts";
import type { BatchEncoder, EncodedBatch } from "../sink.ts";

/** For destinations that want records one by one: keeps them as they are, in memory. */
export class RecordListEncoder implements BatchEncoder {
  #records: DeliveryRecord[] = [];
  #ended = false;

  async add(records: readonly DeliveryRecord[]): Promise<readonly FailedRecord[]> {
    assert(!this.#ended, "no record is added after the end");
    for (const record of records) this.#records.push(record);
    return [];
  }

  async finish(): Promise<EncodedBatch | undefined> {
    assert(!this.#ended, "a batch ends once");
    this.#ended = true;
    return this.#records.length === 0 ? undefined : new RecordList(this.#records);
  }

  async abort(): Promise<void> {
    this.#ended = true;
    this.#records = [];
  }
}

class RecordList implements EncodedBatch {
  readonly recordCount: number;
  readonly sizeBytes: number;
  #records: readonly DeliveryRecord[];

  constructor(records: readonly DeliveryRecord[]) {
    this.recordCount = records.length;
    this.sizeBytes = records.reduce((sum, record) => sum + record.data.length, 0);
    this.#records = records;
  }

  get records(): readonly DeliveryRecord[] {
    return this.#records;
  }

  async *read(): AsyncGenerator<Buffer> {
    for (const record of this.#records) yield record.data;
  }

  async dispose(): Promise<void> {
    this.#records = [];
  }
}
