import type {
  CatalogRecord,
  DefaultPrivilegeRecord,
  FunctionRecord,
  LanguageRecord,
  RelationRecord,
  SchemaRecord,
} from "./records.ts";

/** Changes by OID; undefined removes. */
export type CatalogChanges = ReadonlyMap<number, CatalogRecord | undefined>;

/** All of a database's catalog at one moment. Immutable: a change makes a new one. */
export class CatalogSnapshot {
  readonly #records: ReadonlyMap<number, CatalogRecord>;
  readonly #schemas = new Map<string, SchemaRecord>();
  /** By schema, then by name. */
  readonly #relations = new Map<number, Map<string, RelationRecord>>();
  readonly #functions = new Map<number, Map<string, FunctionRecord[]>>();
  /** Relations by the OIDs that they were made of; filled when it is first asked for. */
  #dependents: Map<number, RelationRecord[]> | undefined;

  constructor(records: Iterable<CatalogRecord>) {
    this.#records = new Map([...records].map((record) => [record.oid, record]));
    for (const record of this.#records.values()) this.#index(record);
  }

  static readonly empty: CatalogSnapshot = new CatalogSnapshot([]);

  with(changes: CatalogChanges): CatalogSnapshot {
    if (changes.size === 0) return this;
    const records = new Map(this.#records);
    for (const [oid, record] of changes)
      if (record === undefined) records.delete(oid);
      else records.set(oid, record);
    return new CatalogSnapshot(records.values());
  }

  record(oid: number): CatalogRecord | undefined {
    return this.#records.get(oid);
  }

  records(): Iterable<CatalogRecord> {
    return this.#records.values();
  }

  schema(name: string): SchemaRecord | undefined {
    return this.#schemas.get(name);
  }

  schemas(): Iterable<SchemaRecord> {
    return this.#schemas.values();
  }

  relation(schemaOid: number, name: string): RelationRecord | undefined {
    return this.#relations.get(schemaOid)?.get(name);
  }

  relationByOid(oid: number): RelationRecord | undefined {
    const record = this.#records.get(oid);
    return record?.kind === "relation" ? record : undefined;
  }

  relationsOf(schemaOid: number): Iterable<RelationRecord> {
    return this.#relations.get(schemaOid)?.values() ?? [];
  }

  functions(schemaOid: number, name: string): readonly FunctionRecord[] {
    return this.#functions.get(schemaOid)?.get(name) ?? [];
  }

  functionsOf(schemaOid: number): readonly FunctionRecord[] {
    return [...(this.#functions.get(schemaOid)?.values() ?? [])].flat();
  }

  defaultPrivileges(): readonly DefaultPrivilegeRecord[] {
    return [...this.#records.values()].filter((record) => record.kind === "default-privilege");
  }

  language(name: string): LanguageRecord | undefined {
    for (const record of this.#records.values())
      if (record.kind === "language" && record.name === name) return record;
    return undefined;
  }

  /** Views that were made of this object, and tables whose foreign keys point to it. */
  dependents(oid: number): readonly RelationRecord[] {
    this.#dependents ??= this.#indexDependents();
    return this.#dependents.get(oid) ?? [];
  }

  #indexDependents(): Map<number, RelationRecord[]> {
    const found = new Map<number, RelationRecord[]>();
    for (const record of this.#records.values()) {
      if (record.kind !== "relation") continue;
      const made = new Set(record.dependsOn);
      for (const { references } of record.constraints)
        if (references !== undefined && references.relationOid !== record.oid)
          made.add(references.relationOid);
      for (const oid of made) {
        const known = found.get(oid);
        if (known === undefined) found.set(oid, [record]);
        else known.push(record);
      }
    }
    return found;
  }

  #index(record: CatalogRecord): void {
    if (record.kind === "schema") this.#schemas.set(record.name, record);
    if (record.kind === "relation") {
      const names = this.#relations.get(record.schemaOid);
      if (names === undefined) this.#relations.set(record.schemaOid, new Map([[record.name, record]]));
      else names.set(record.name, record);
    }
    if (record.kind === "function") {
      const names = this.#functions.get(record.schemaOid) ?? new Map<string, FunctionRecord[]>();
      this.#functions.set(record.schemaOid, names);
      const known = names.get(record.name);
      if (known === undefined) names.set(record.name, [record]);
      else known.push(record);
    }
  }
}
