import type { CatalogSnapshot } from "./catalog-snapshot.ts";
import type { CatalogRecord, RelationRecord, SchemaRecord } from "./records.ts";

/**
 * A transaction's own view of its database's catalog: the snapshot that it began with and its changes. Objects
 * of the session's temporary schema lie beside it: nobody else sees them and they are not kept.
 */
export class CatalogView {
  readonly #base: CatalogSnapshot;
  #permanent: CatalogSnapshot;
  #temporary: CatalogSnapshot;
  readonly #temporarySchema: SchemaRecord;
  readonly #changes = new Map<number, CatalogRecord | undefined>();
  #temporaryChanged = false;

  constructor(base: CatalogSnapshot, temporary: CatalogSnapshot, temporarySchema: SchemaRecord) {
    this.#base = base;
    this.#permanent = base;
    this.#temporary = temporary;
    this.#temporarySchema = temporarySchema;
  }

  /** What a commit has to write and merge. */
  get changes(): ReadonlyMap<number, CatalogRecord | undefined> {
    return this.#changes;
  }

  /** What the transaction began with; the same object as long as nobody changed the catalog. */
  get base(): CatalogSnapshot {
    return this.#base;
  }

  get permanent(): CatalogSnapshot {
    return this.#permanent;
  }

  get temporary(): CatalogSnapshot {
    return this.#temporary;
  }

  get temporarySchema(): SchemaRecord {
    return this.#temporarySchema;
  }

  get isChanged(): boolean {
    return this.#changes.size > 0 || this.#temporaryChanged;
  }

  put(record: CatalogRecord): void {
    this.#change(this.#isTemporary(record), record.oid, record);
  }

  remove(record: CatalogRecord): void {
    this.#change(this.#isTemporary(record), record.oid, undefined);
  }

  schema(name: string): SchemaRecord | undefined {
    // Everybody says pg_temp to the own temporary schema.
    if (name === "pg_temp" || name === this.#temporarySchema.name) return this.#temporarySchema;
    return this.#permanent.schema(name);
  }

  schemaByOid(oid: number): SchemaRecord | undefined {
    if (oid === this.#temporarySchema.oid) return this.#temporarySchema;
    const record = this.#permanent.record(oid);
    return record?.kind === "schema" ? record : undefined;
  }

  relation(schemaOid: number, name: string): RelationRecord | undefined {
    return this.#of(schemaOid).relation(schemaOid, name);
  }

  relationByOid(oid: number): RelationRecord | undefined {
    return this.#permanent.relationByOid(oid) ?? this.#temporary.relationByOid(oid);
  }

  record(oid: number): CatalogRecord | undefined {
    return this.#permanent.record(oid) ?? this.#temporary.record(oid);
  }

  relationsOf(schemaOid: number): Iterable<RelationRecord> {
    return this.#of(schemaOid).relationsOf(schemaOid);
  }

  dependents(oid: number): readonly RelationRecord[] {
    return [...this.#permanent.dependents(oid), ...this.#temporary.dependents(oid)];
  }

  isTemporary(record: RelationRecord): boolean {
    return record.schemaOid === this.#temporarySchema.oid;
  }

  #of(schemaOid: number): CatalogSnapshot {
    return schemaOid === this.#temporarySchema.oid ? this.#temporary : this.#permanent;
  }

  #isTemporary(record: CatalogRecord): boolean {
    return record.kind === "relation" && this.isTemporary(record);
  }

  #change(temporary: boolean, oid: number, record: CatalogRecord | undefined): void {
    const change = new Map([[oid, record]]);
    if (temporary) {
      this.#temporary = this.#temporary.with(change);
      this.#temporaryChanged = true;
    } else {
      this.#permanent = this.#permanent.with(change);
      this.#changes.set(oid, record);
    }
  }
}
