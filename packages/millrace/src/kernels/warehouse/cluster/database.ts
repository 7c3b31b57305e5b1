import { SerialTasks } from "../../../core/serial-tasks.ts";
import { CatalogSnapshot } from "../catalog/catalog-snapshot.ts";
import type { CatalogRecord, SchemaRecord } from "../catalog/records.ts";
import type { Engine } from "../engine/engine.ts";
import type { EngineConnection } from "../engine/engine-connection.ts";
import {
  createRecords,
  type RowChanges,
  readRecords,
  sumChanges,
  writeRecords,
} from "../engine/records-table.ts";

/** One database that is open: its catalog as it is committed, and what is known of its tables' rows. */
export class Database {
  readonly oid: number;
  /** What the engine calls it. */
  readonly engineName: string;
  /**
   * Begins of transactions and commits that change the catalog pass here one by one, so that a transaction's
   * catalog and the engine's snapshot are of the same moment.
   */
  readonly gate: SerialTasks = new SerialTasks();
  /** A commit failed halfway: nothing may be written until the engine has been opened anew. */
  isDamaged = false;
  #catalog: CatalogSnapshot;
  readonly #rowChanges: Map<number, RowChanges>;

  private constructor(
    oid: number,
    engineName: string,
    catalog: CatalogSnapshot,
    rowChanges: Map<number, RowChanges>,
  ) {
    this.oid = oid;
    this.engineName = engineName;
    this.#catalog = catalog;
    this.#rowChanges = rowChanges;
  }

  static nameOf(oid: number): string {
    return `d${oid}`;
  }

  /** @param first the records of a new database; written only when it has none */
  static async open(
    engine: Engine,
    oid: number,
    file: string,
    first: () => Promise<readonly CatalogRecord[]>,
  ): Promise<Database> {
    const name = Database.nameOf(oid);
    await engine.attach(name, file);
    const connection = await engine.connect();
    try {
      await createRecords(connection, name);
      let records = await readRecords(connection, name);
      if (records.length === 0) records = await writeFirst(connection, name, await first());
      const changes = await sumChanges(connection, name);
      return new Database(oid, name, new CatalogSnapshot(records), new Map(changes));
    } finally {
      connection.close();
    }
  }

  get catalog(): CatalogSnapshot {
    return this.#catalog;
  }

  /** What a transaction changed that the engine has committed. */
  merge(
    changes: ReadonlyMap<number, CatalogRecord | undefined>,
    rowChanges: ReadonlyMap<number, RowChanges>,
  ): void {
    this.#catalog = this.#catalog.with(changes);
    for (const [oid, { changes: count, unsorted }] of rowChanges) {
      const known = this.rowChanges(oid);
      this.#rowChanges.set(oid, {
        changes: known.changes + count,
        unsorted: Math.max(0, known.unsorted + unsorted),
      });
    }
  }

  rowChanges(oid: number): RowChanges {
    return this.#rowChanges.get(oid) ?? { changes: 0, unsorted: 0 };
  }
}

async function writeFirst(
  connection: EngineConnection,
  name: string,
  first: readonly CatalogRecord[],
): Promise<readonly CatalogRecord[]> {
  await connection.run("BEGIN");
  await writeRecords(connection, name, new Map(first.map((record) => [record.oid, record])));
  await connection.run("COMMIT");
  return first;
}

/** The schema that every database begins with, open to everybody. */
export function publicSchema(oid: number): SchemaRecord {
  const grant = { granteeKind: "public", granteeId: 0, grantorId: 1, withGrantOption: false } as const;
  return {
    kind: "schema",
    oid,
    name: "public",
    ownerId: 1,
    quotaMb: undefined,
    comment: undefined,
    grants: [
      { ...grant, privilege: "usage" },
      { ...grant, privilege: "create" },
    ],
    external: undefined,
  };
}
