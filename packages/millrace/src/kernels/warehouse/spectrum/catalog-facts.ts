import type { SchemaRecord } from "../catalog/records.ts";
import type {
  ExternalCatalog,
  ExternalPartitionFact,
  ExternalTableFact,
  SystemCluster,
} from "../system/system-view.ts";
import type { CatalogStorage, CatalogTable, DataCatalog } from "./data-catalog-port.ts";
import { asked } from "./external-errors.ts";
import { type ExternalTable, loadExternalTable } from "./external-tables.ts";
import { hiveTypeOf, sqlTypeOf } from "./external-types.ts";
import { connectCatalog, isExternal } from "./schema-access.ts";

interface Host {
  readonly dataCatalog: DataCatalog | undefined;
  readonly facts: Pick<SystemCluster, "account" | "region" | "identifier">;
}

/** What system tables show of external schemas, asked for from the catalog each time. */
export class CatalogFacts implements ExternalCatalog {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  async tables(schema: SchemaRecord): Promise<readonly ExternalTableFact[]> {
    if (!isExternal(schema) || schema.external.source !== "data catalog") return [];
    const catalog = await connectCatalog(schema.external, this.#host);
    const facts: ExternalTableFact[] = [];
    await asked(async () => {
      const database = schema.external.database.toLowerCase();
      // A schema may name a database that is not there yet.
      if (!catalog.hasDatabase(database)) return;
      for await (const table of catalog.tables(database)) facts.push(tableFact(table));
    });
    return facts;
  }

  async partitions(schema: SchemaRecord, name: string): Promise<readonly ExternalPartitionFact[]> {
    if (!isExternal(schema)) return [];
    const external = await loadExternalTable(schema, name, this.#host);
    return external === undefined ? [] : partitionFacts(external);
  }
}

async function partitionFacts({
  catalog,
  database,
  table,
}: ExternalTable): Promise<readonly ExternalPartitionFact[]> {
  const facts: ExternalPartitionFact[] = [];
  await asked(async () => {
    for await (const { values, definition } of catalog.partitions(database, table.name, ""))
      facts.push({
        values,
        ...storageFact(definition.StorageDescriptor ?? {}),
        parameters: definition.Parameters ?? {},
      });
  });
  return facts;
}

function tableFact({ name, definition }: CatalogTable): ExternalTableFact {
  const { StorageDescriptor = {}, PartitionKeys = [], Parameters = {}, TableType } = definition;
  const column = (own: { Name: string; Type?: string | undefined }, partitionKey: number) => {
    const hive = hiveTypeOf(own.Type ?? "string");
    return {
      name: own.Name.toLowerCase(),
      externalType: own.Type ?? "string",
      type: (hive === undefined ? undefined : sqlTypeOf(hive)) ?? ({ name: "super" } as const),
      partitionKey,
    };
  };
  return {
    name,
    ...storageFact(StorageDescriptor),
    parameters: Parameters,
    tableType: TableType === "VIRTUAL_VIEW" ? "VIEW" : "TABLE",
    columns: [
      ...(StorageDescriptor.Columns ?? []).map((own) => column(own, 0)),
      ...PartitionKeys.map((own, index) => column(own, index + 1)),
    ],
  };
}

function storageFact({ Location, InputFormat, OutputFormat, SerdeInfo, Compressed }: CatalogStorage): {
  readonly location: string;
  readonly inputFormat: string;
  readonly outputFormat: string;
  readonly serialization: string;
  readonly serdeParameters: Readonly<Record<string, string>>;
  readonly compressed: boolean;
} {
  return {
    location: Location ?? "",
    inputFormat: InputFormat ?? "",
    outputFormat: OutputFormat ?? "",
    serialization: SerdeInfo?.SerializationLibrary ?? "",
    serdeParameters: SerdeInfo?.Parameters ?? {},
    compressed: Compressed ?? false,
  };
}
