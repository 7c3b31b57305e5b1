import { CatalogSnapshot } from "../catalog/catalog-snapshot.ts";
import type { SchemaRecord } from "../catalog/records.ts";

/** Temporary tables of a session, as they are committed. They lie in the engine's own temporary database. */
export class TemporarySchema {
  readonly schema: SchemaRecord;
  #catalog: CatalogSnapshot = CatalogSnapshot.empty;

  /** @param number of the session among those that are open, from 1: `pg_temp_1` */
  constructor(number: number, ownerId: number) {
    this.schema = {
      kind: "schema",
      oid: firstTemporaryOid + number,
      name: `pg_temp_${number}`,
      ownerId,
      quotaMb: undefined,
      comment: undefined,
      grants: [],
      external: undefined,
    };
  }

  get catalog(): CatalogSnapshot {
    return this.#catalog;
  }

  /** A transaction was committed. */
  replace(catalog: CatalogSnapshot): void {
    this.#catalog = catalog;
  }
}

/** Below those of users' objects, above those of the system. */
const firstTemporaryOid = 50_000;
