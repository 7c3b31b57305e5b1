import type {
  Column,
  Parameters,
  PartitionDefinition,
  StorageDescriptor,
  TableDefinition,
} from "../../../kernels/catalog/index.ts";
import { s3Location } from "./s3-path.ts";
import type { SchemaGroup } from "./schema-group.ts";
import type { PlannedPartition, PlannedTable } from "./table-plan.ts";

/** Parameters that tell how much there is: they change with each crawl, and no new version comes of that. */
export const statisticParameters: ReadonlySet<string> = new Set([
  "sizeKey",
  "objectCount",
  "recordCount",
  "averageRecordSize",
]);

/** The parameter that names the crawler that wrote a table. */
export const crawlerParameter = "UPDATED_BY_CRAWLER";

/** The parameter of a table whose data a crawler found no longer: when that was. */
export const deprecatedParameter = "DEPRECATED_BY_CRAWLER";

/** What a table says of the crawler that made it. */
export interface TableOrigin {
  readonly crawler: string;
  readonly exclusions: readonly string[];
}

/** The definition of a table in S3, as Glue's crawlers write it. */
export function tableDefinition(table: PlannedTable, origin: TableOrigin): TableDefinition {
  const { group, partitionKeys } = table;
  const parameters = {
    ...groupParameters(group),
    [crawlerParameter]: origin.crawler,
    ...(origin.exclusions.length === 0 ? {} : { exclusions: JSON.stringify(origin.exclusions) }),
  };
  const columns = columnsOf(group, partitionKeys);
  return {
    Owner: "owner",
    Retention: 0,
    StorageDescriptor: storage(group, columns, s3Location(table.location), parameters),
    PartitionKeys: partitionKeys.map((Name) => ({ Name, Type: "string" })),
    TableType: "EXTERNAL_TABLE",
    Parameters: parameters,
  };
}

/** A partition with the format and the columns of its own files. */
export function partitionDefinition(
  partition: PlannedPartition,
  partitionKeys: readonly string[],
): PartitionDefinition {
  const { group, location } = partition;
  const parameters = groupParameters(group);
  const columns = columnsOf(group, partitionKeys);
  return {
    StorageDescriptor: storage(group, columns, s3Location(location), parameters),
    Parameters: parameters,
  };
}

/** A partition with the format and the columns of its table. */
export function inheritedPartition(partition: PlannedPartition, table: TableDefinition): PartitionDefinition {
  const { totals } = partition.group;
  const inherited = Object.entries(table.Parameters ?? {}).filter(([name]) => !ownToTables.has(name));
  const parameters = { ...Object.fromEntries(inherited), ...statistics(totals) };
  const descriptor = {
    ...table.StorageDescriptor,
    Location: s3Location(partition.location),
    Parameters: parameters,
  };
  return { StorageDescriptor: descriptor, Parameters: parameters };
}

/** Parameters that make no sense at a partition. */
const ownToTables: ReadonlySet<string> = new Set([
  crawlerParameter,
  deprecatedParameter,
  "exclusions",
  "partition_filtering.enabled",
]);

/** Columns that folders are named after are partition keys, and not in the files' columns as well. */
function columnsOf(group: SchemaGroup, partitionKeys: readonly string[]): readonly Column[] {
  const keys = new Set(partitionKeys);
  return group.schema.columns
    .filter(({ name }) => !keys.has(name.toLowerCase()))
    .map(({ name, type }) => ({ Name: name, Type: type }));
}

function storage(
  group: SchemaGroup,
  columns: readonly Column[],
  location: string,
  parameters: Parameters,
): StorageDescriptor {
  const { format } = group;
  return {
    Columns: columns,
    Location: location,
    InputFormat: format.inputFormat,
    OutputFormat: format.outputFormat,
    Compressed: format.compression !== "none",
    NumberOfBuckets: -1,
    SerdeInfo: {
      SerializationLibrary: format.serde.library,
      Parameters: serdeParameters(group, columns),
    },
    BucketColumns: [],
    SortColumns: [],
    Parameters: parameters,
    StoredAsSubDirectories: false,
  };
}

/** The JSON serializer's `paths` name the columns, which may be those of several files. */
function serdeParameters({ format }: SchemaGroup, columns: readonly Column[]): Parameters {
  const { parameters } = format.serde;
  if (parameters["paths"] === undefined) return parameters;
  return { ...parameters, paths: columns.map(({ Name }) => Name).join(",") };
}

function groupParameters({ format, totals }: SchemaGroup): Parameters {
  return {
    CrawlerSchemaSerializerVersion: "1.0",
    CrawlerSchemaDeserializerVersion: "1.0",
    ...format.parameters,
    ...statistics(totals),
  };
}

function statistics(totals: SchemaGroup["totals"]): Parameters {
  const { objects, bytes, records, recordBytes } = totals;
  return {
    objectCount: String(objects),
    sizeKey: String(bytes),
    recordCount: String(Math.round(records)),
    averageRecordSize: String(records === 0 ? 0 : Math.round(recordBytes / records)),
  };
}
