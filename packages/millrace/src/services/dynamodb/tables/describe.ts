import type {
  GlobalSecondaryIndexDescription,
  KeySchemaElement,
  LocalSecondaryIndexDescription,
  Projection,
  ProvisionedThroughputDescription,
  TableDescription,
} from "@aws-sdk/client-dynamodb";
import type { IndexDocument, KeyNames, OnDemandLimits, TableDocument, Throughput } from "./document.ts";
import type { Table } from "./table.ts";

/** What an on-demand table can serve at once, as AWS describes a new one. */
const onDemandWarm = { read: 12_000, write: 4_000 } as const;

export function describeTable(table: Table): TableDescription {
  const { document, arn } = table;
  const { items, bytes } = table.items.counts;
  const isDeleting = document.status === "DELETING";
  const locals = document.indexes.filter(({ isGlobal }) => !isGlobal);
  const globals = document.indexes.filter(({ isGlobal }) => isGlobal);
  return {
    AttributeDefinitions: Object.entries(document.attributes).map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    TableName: document.name,
    KeySchema: keySchema(document.keys),
    TableStatus: document.status,
    CreationDateTime: new Date(document.createdMs),
    ProvisionedThroughput: throughput(document.throughput),
    TableSizeBytes: bytes,
    ItemCount: items,
    TableArn: arn,
    TableId: document.id,
    ...(document.onDemandSinceMs === undefined
      ? {}
      : {
          BillingModeSummary: {
            BillingMode: document.billing,
            LastUpdateToPayPerRequestDateTime: new Date(document.onDemandSinceMs),
          },
        }),
    ...(locals.length === 0 || isDeleting
      ? {}
      : { LocalSecondaryIndexes: locals.map((index) => localIndex(table, index)) }),
    ...(globals.length === 0 || isDeleting
      ? {}
      : { GlobalSecondaryIndexes: globals.map((index) => globalIndex(table, index)) }),
    ...(document.onDemand === undefined ? {} : { OnDemandThroughput: onDemand(document.onDemand) }),
    ...(document.tableClass === undefined
      ? {}
      : { TableClassSummary: { TableClass: document.tableClass as "STANDARD" } }),
    DeletionProtectionEnabled: document.isProtected,
    WarmThroughput: warmThroughput(document, document.throughput, document.status),
  };
}

function keySchema({ hash, range }: KeyNames): KeySchemaElement[] {
  const schema: KeySchemaElement[] = [{ AttributeName: hash, KeyType: "HASH" }];
  if (range !== undefined) schema.push({ AttributeName: range, KeyType: "RANGE" });
  return schema;
}

function throughput({ read, write, increasedMs, decreasedMs }: Throughput): ProvisionedThroughputDescription {
  return {
    ...(increasedMs === undefined ? {} : { LastIncreaseDateTime: new Date(increasedMs) }),
    ...(decreasedMs === undefined ? {} : { LastDecreaseDateTime: new Date(decreasedMs) }),
    NumberOfDecreasesToday: 0,
    ReadCapacityUnits: read,
    WriteCapacityUnits: write,
  };
}

function onDemand({ read, write }: OnDemandLimits): {
  MaxReadRequestUnits?: number;
  MaxWriteRequestUnits?: number;
} {
  return {
    ...(read === undefined ? {} : { MaxReadRequestUnits: read }),
    ...(write === undefined ? {} : { MaxWriteRequestUnits: write }),
  };
}

function warmThroughput(
  { billing }: TableDocument,
  provisioned: Throughput,
  status: string,
): { ReadUnitsPerSecond: number; WriteUnitsPerSecond: number; Status: "ACTIVE" | "UPDATING" } {
  const { read, write } = billing === "PAY_PER_REQUEST" ? onDemandWarm : provisioned;
  return {
    ReadUnitsPerSecond: read,
    WriteUnitsPerSecond: write,
    Status: status === "ACTIVE" ? "ACTIVE" : "UPDATING",
  };
}

function projectionOf({ projection }: IndexDocument): Projection {
  return {
    ProjectionType: projection.type,
    ...(projection.attributes === undefined ? {} : { NonKeyAttributes: [...projection.attributes] }),
  };
}

/** Sizes of indexes are those of their items: entries alone are not counted. */
function localIndex(table: Table, index: IndexDocument): LocalSecondaryIndexDescription {
  const { items, bytes } = table.items.counts;
  return {
    IndexName: index.name,
    KeySchema: keySchema(index.keys),
    Projection: projectionOf(index),
    IndexSizeBytes: bytes,
    ItemCount: items,
    IndexArn: `${table.arn}/index/${index.name}`,
  };
}

function globalIndex(table: Table, index: IndexDocument): GlobalSecondaryIndexDescription {
  const provisioned = index.throughput ?? { read: 0, write: 0 };
  return {
    ...localIndex(table, index),
    IndexStatus: index.status,
    ...(index.status === "CREATING" && table.document.status === "ACTIVE" ? { Backfilling: true } : {}),
    ProvisionedThroughput: throughput(provisioned),
    ...(index.onDemand === undefined ? {} : { OnDemandThroughput: onDemand(index.onDemand) }),
    WarmThroughput: warmThroughput(table.document, provisioned, index.status),
  };
}
