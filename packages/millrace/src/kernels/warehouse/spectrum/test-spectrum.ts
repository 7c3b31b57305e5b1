import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { FolderObjects } from "../copy/test-objects.ts";
import { type TestSession, TestWarehouse } from "../test-warehouse.ts";
import type { CatalogColumn, CatalogPartition, CatalogStorage } from "./data-catalog-port.ts";
import { MemoryCatalog } from "./test-memory-catalog.ts";

export const libraries = {
  parquet: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
  text: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
  csv: "org.apache.hadoop.hive.serde2.OpenCSVSerde",
  json: "org.openx.data.jsonserde.JsonSerDe",
  avro: "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
  orc: "org.apache.hadoop.hive.ql.io.orc.OrcSerde",
  regex: "org.apache.hadoop.hive.serde2.RegexSerDe",
  grok: "com.amazonaws.glue.serde.GrokSerDe",
} as const;

export interface TestTable {
  /** `id int, name string` */
  readonly columns: string;
  readonly keys?: string;
  readonly format: keyof typeof libraries;
  readonly location: string;
  readonly serde?: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, string>>;
}

/** A warehouse with S3 in a folder and a catalog in memory; the external schema `lake` shows the database `lake`. */
export class TestSpectrum implements AsyncDisposable {
  readonly folder: string;
  readonly objects: FolderObjects;
  readonly catalog: MemoryCatalog = new MemoryCatalog();
  readonly warehouse: TestWarehouse;
  readonly session: TestSession;

  private constructor(
    folder: string,
    objects: FolderObjects,
    catalog: MemoryCatalog,
    warehouse: TestWarehouse,
    session: TestSession,
  ) {
    this.folder = folder;
    this.objects = objects;
    this.catalog = catalog;
    this.warehouse = warehouse;
    this.session = session;
  }

  static async start(): Promise<TestSpectrum> {
    const folder = mkdtempSync(join(tmpdir(), "millrace-spectrum-"));
    const objects = new FolderObjects(folder);
    const catalog = new MemoryCatalog();
    catalog.databases.set("lake", new Map());
    const warehouse = await TestWarehouse.start(undefined, {
      objects,
      dataCatalog: catalog,
      readableDirectories: [folder],
    });
    const session = await warehouse.connect();
    await session.rows(
      "create external schema lake from data catalog database 'lake' iam_role 'arn:aws:iam::000000000000:role/reader'",
    );
    return new TestSpectrum(folder, objects, catalog, warehouse, session);
  }

  /** Writes what a query of the engine gives. */
  async parquet(bucket: string, key: string, query: string): Promise<void> {
    this.objects.put(bucket, key, "");
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    await connection.run(`COPY (${query}) TO '${join(this.folder, bucket, key)}' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();
  }

  add(name: string, table: TestTable, partitions: readonly (readonly [string[], string])[] = []): void {
    const storage: CatalogStorage = {
      Columns: columnsOf(table.columns),
      Location: table.location,
      InputFormat: "org.apache.hadoop.mapred.TextInputFormat",
      SerdeInfo: { SerializationLibrary: libraries[table.format], Parameters: table.serde ?? {} },
    };
    this.catalog.add(
      "lake",
      {
        name,
        definition: {
          StorageDescriptor: storage,
          PartitionKeys: columnsOf(table.keys ?? ""),
          Parameters: table.properties ?? {},
          TableType: "EXTERNAL_TABLE",
        },
      },
      partitions.map(
        ([values, location]): CatalogPartition => ({
          values,
          definition: { StorageDescriptor: { ...storage, Location: location } },
        }),
      ),
    );
  }

  rows(sql: string): Promise<(string | null)[][]> {
    return this.session.rows(sql);
  }

  error(sql: string): Promise<string> {
    return this.session.error(sql);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.warehouse[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function columnsOf(text: string): readonly CatalogColumn[] {
  if (text === "") return [];
  return text.split(/, (?=\w+ )/).map((column) => {
    const at = column.indexOf(" ");
    return { Name: column.slice(0, at), Type: column.slice(at + 1) };
  });
}
