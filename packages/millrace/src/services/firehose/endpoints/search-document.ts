import { createHash } from "node:crypto";
import type { BatchIdentity, DeliveryRecord } from "../../../kernels/delivery/index.ts";
import { type RotationPeriod, rotatedIndex } from "./search-index.ts";

export interface SearchIndex {
  readonly name: string;
  readonly rotation: RotationPeriod;
  /** For clusters before version 7. */
  readonly typeName: string | undefined;
  /** False: the cluster makes the ids. */
  readonly hasIds: boolean;
}

/** Where a record goes; the same in each attempt, also after a restart. */
export interface SearchAddress {
  readonly index: string;
  readonly id: string | undefined;
}

/** What the cluster said of a document the last time. */
export interface SearchRefusal {
  readonly errorCode: string;
  readonly errorMessage: string;
}

/** What is known of records that are being delivered, for their lines in the error output as well. */
export class SearchDocuments {
  readonly #index: SearchIndex;
  readonly #addresses = new WeakMap<DeliveryRecord, SearchAddress>();
  readonly #refusals = new WeakMap<DeliveryRecord, SearchRefusal>();

  constructor(index: SearchIndex) {
    this.#index = index;
  }

  /**
   * Gives the records of a batch their addresses. A batch has all records that were made of one, in their
   * order, so that their place among them makes ids that are the same in every batch.
   */
  address(identity: BatchIdentity, records: readonly DeliveryRecord[]): void {
    const scope = createHash("sha256").update(identity.scope).digest("base64url").slice(0, 22);
    let part = 0;
    for (const [place, record] of records.entries()) {
      part = place > 0 && records[place - 1]?.offset === record.offset ? part + 1 : 0;
      if (this.#addresses.has(record)) continue;
      this.#addresses.set(record, {
        index: rotatedIndex(this.#index.name, this.#index.rotation, record.arrivalTimeMs),
        id: this.#index.hasIds ? `${scope}.${record.offset}.${part}` : undefined,
      });
    }
  }

  refuse(record: DeliveryRecord, refusal: SearchRefusal): void {
    this.#refusals.set(record, refusal);
  }

  refusalOf(record: DeliveryRecord): SearchRefusal | undefined {
    return this.#refusals.get(record);
  }

  /** The members of the error output that only these destinations have. */
  detailsOf(record: DeliveryRecord): Readonly<Record<string, unknown>> {
    const address = this.#addresses.get(record);
    return {
      esDocumentId: address?.id ?? null,
      esIndexName: address?.index ?? null,
      esTypeName: this.#index.typeName ?? null,
    };
  }

  /** The line before a document: what is to be done with it. */
  actionOf(record: DeliveryRecord): string {
    const { index, id } = this.#addresses.get(record) ?? { index: this.#index.name };
    return `${JSON.stringify({ index: { _index: index, _type: this.#index.typeName, _id: id } })}\n`;
  }
}
