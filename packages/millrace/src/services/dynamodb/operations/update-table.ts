import type {
  GlobalSecondaryIndexUpdate,
  UpdateTableInput,
  UpdateTableOutput,
} from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidParameter, limitExceeded, resourceNotFound, unsupported, validation } from "../errors.ts";
import type { DynamodbState } from "../state.ts";
import { describeTable } from "../tables/describe.ts";
import type { IndexDocument, TableDocument } from "../tables/document.ts";
import { newIndex } from "../tables/new-index.ts";
import { attributeTypes, checkAttributesUsed, checkIndexes } from "../tables/schema-check.ts";
import { findTable, requireActive } from "../tables/table-lookup.ts";
import { changedThroughput, onDemandLimits } from "../tables/throughput.ts";
import { checkSupported } from "../tables/unsupported.ts";

type Update = Input<UpdateTableInput>;
type IndexUpdate = Input<GlobalSecondaryIndexUpdate>;

export async function updateTable(
  state: DynamodbState,
  input: Update,
  call: Call,
): Promise<UpdateTableOutput> {
  checkInput(input);
  const table = findTable(state, input.TableName, call);
  await state.tables.change(table, (document) => {
    requireActive(document);
    const nowMs = state.clock.now();
    return { ...updatedIndexes(updatedSettings(document, input, nowMs), input, nowMs), status: "UPDATING" };
  });
  const answer = { TableDescription: describeTable(table) };
  await state.tables.finishLater(table);
  return answer;
}

function checkInput(input: Update): void {
  checkSupported(input);
  if (input.ReplicaUpdates !== undefined) throw unsupported("ReplicaUpdates: global tables");
  if (input.MultiRegionConsistency !== undefined) throw unsupported("MultiRegionConsistency");
  if (input.GlobalTableWitnessUpdates !== undefined) throw unsupported("GlobalTableWitnessUpdates");
  if (input.DisassociationProtectionEnabled !== undefined)
    throw unsupported("DisassociationProtectionEnabled");
  if (input.VectorIndexUpdates !== undefined) throw unsupported("VectorIndexUpdates");
  const changes = [
    input.ProvisionedThroughput,
    input.BillingMode,
    input.GlobalSecondaryIndexUpdates,
    input.DeletionProtectionEnabled,
    input.TableClass,
    input.OnDemandThroughput,
    input.StreamSpecification,
    input.SSESpecification,
  ];
  if (changes.every((change) => change === undefined))
    throw validation(
      "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or " +
        "SSESpecification or ReplicaUpdates is required",
    );
}

function updatedSettings(document: TableDocument, input: Update, nowMs: number): TableDocument {
  const billing = input.BillingMode ?? document.billing;
  const onDemand = onDemandLimits(input.OnDemandThroughput);
  const becomesOnDemand = billing === "PAY_PER_REQUEST" && document.billing !== "PAY_PER_REQUEST";
  return {
    ...document,
    billing,
    throughput: updatedThroughput(document, input, nowMs),
    ...(becomesOnDemand ? { onDemandSinceMs: nowMs, indexes: document.indexes.map(withoutThroughput) } : {}),
    ...(onDemand === undefined ? {} : { onDemand: { ...document.onDemand, ...onDemand } }),
    ...(input.TableClass === undefined ? {} : { tableClass: input.TableClass }),
    isProtected: input.DeletionProtectionEnabled ?? document.isProtected,
  };
}

function withoutThroughput(index: IndexDocument): IndexDocument {
  return index.isGlobal ? { ...index, throughput: { read: 0, write: 0 } } : index;
}

function updatedThroughput(
  document: TableDocument,
  input: Update,
  nowMs: number,
): TableDocument["throughput"] {
  const billing = input.BillingMode ?? document.billing;
  const { throughput } = document;
  if (billing === "PAY_PER_REQUEST") {
    if (input.ProvisionedThroughput !== undefined)
      throw invalidParameter(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
      );
    return document.billing === billing ? throughput : { ...throughput, read: 0, write: 0 };
  }
  if (input.ProvisionedThroughput !== undefined) {
    const { ReadCapacityUnits: read, WriteCapacityUnits: write } = input.ProvisionedThroughput;
    if (document.billing === billing && read === throughput.read && write === throughput.write)
      throw validation(
        "The provisioned throughput for the table will not change. The requested value equals the current value. " +
          `Current ReadCapacityUnits provisioned for the table: ${throughput.read}. Requested ReadCapacityUnits: ${read}. ` +
          `Current WriteCapacityUnits provisioned for the table: ${throughput.write}. Requested WriteCapacityUnits: ${write}. ` +
          "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.",
      );
    return changedThroughput(throughput, input.ProvisionedThroughput, nowMs);
  }
  if (document.billing !== billing)
    throw invalidParameter("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
  return throughput;
}

function updatedIndexes(document: TableDocument, input: Update, nowMs: number): TableDocument {
  const updates = input.GlobalSecondaryIndexUpdates ?? [];
  const built = updates.filter(({ Create, Delete }) => Create !== undefined || Delete !== undefined);
  if (built.length > 1)
    throw limitExceeded(
      "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
    );
  if (
    built.length === 1 &&
    document.indexes.some(({ status }) => status === "CREATING" || status === "DELETING")
  )
    throw limitExceeded(
      "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
    );
  const updated = updates.reduce((before, update) => updatedIndex(before, update, input, nowMs), document);
  checkIndexes(updated.indexes);
  if (updates.some(({ Create }) => Create !== undefined))
    checkAttributesUsed(updated.attributes, [updated.keys, ...updated.indexes.map(({ keys }) => keys)]);
  return updated;
}

function updatedIndex(
  document: TableDocument,
  { Create, Update, Delete }: IndexUpdate,
  input: Update,
  nowMs: number,
): TableDocument {
  if (Create !== undefined) {
    const attributes = mergedAttributes(document, input);
    const index = newIndex({ ...Create, isGlobal: true }, document.billing, attributes);
    return { ...document, attributes, indexes: [...document.indexes, index] };
  }
  if (Delete !== undefined) return withIndex(document, Delete.IndexName, deleted);
  if (Update === undefined)
    throw invalidParameter(
      "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null",
    );
  const { ProvisionedThroughput: provisioned, OnDemandThroughput, WarmThroughput } = Update;
  if (WarmThroughput !== undefined) throw unsupported("WarmThroughput");
  const onDemand = onDemandLimits(OnDemandThroughput);
  return withIndex(document, Update.IndexName, (index) => ({
    ...index,
    status: index.status === "ACTIVE" ? "UPDATING" : index.status,
    ...(provisioned === undefined
      ? {}
      : { throughput: changedThroughput(index.throughput ?? { read: 0, write: 0 }, provisioned, nowMs) }),
    ...(onDemand === undefined ? {} : { onDemand: { ...index.onDemand, ...onDemand } }),
  }));
}

function deleted(index: IndexDocument): IndexDocument {
  return { ...index, status: "DELETING" };
}

function withIndex(
  document: TableDocument,
  name: string,
  change: (index: IndexDocument) => IndexDocument,
): TableDocument {
  if (!document.indexes.some((index) => index.isGlobal && index.name === name))
    throw resourceNotFound(`Requested resource not found: Index ${name} of table ${document.name} not found`);
  const indexes = document.indexes.map((index) => (index.name === name ? change(index) : index));
  return { ...document, indexes };
}

/** The types that are known, and those that the call adds; a type cannot be changed. */
function mergedAttributes(document: TableDocument, input: Update): TableDocument["attributes"] {
  const added = attributeTypes(input.AttributeDefinitions ?? []);
  for (const [name, type] of Object.entries(added)) {
    const known = document.attributes[name];
    if (known !== undefined && known !== type)
      throw invalidParameter(`Cannot change the type of attribute ${name} from ${known} to ${type}`);
  }
  const merged = { ...document.attributes, ...added };
  const created = (input.GlobalSecondaryIndexUpdates ?? []).flatMap(({ Create }) => Create?.KeySchema ?? []);
  const names = new Set([
    ...[document.keys, ...document.indexes.map(({ keys }) => keys)].flatMap(({ hash, range }) => [
      hash,
      range,
    ]),
    ...created.map(({ AttributeName }) => AttributeName),
  ]);
  const unused = Object.keys(added).filter((name) => !names.has(name));
  if (unused.length > 0)
    throw invalidParameter(
      `Some AttributeDefinitions are not used. AttributeDefinitions: [${unused.join(", ")}]`,
    );
  return merged;
}
