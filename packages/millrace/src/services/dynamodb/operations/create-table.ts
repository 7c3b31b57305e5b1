import { randomUUID } from "node:crypto";
import type { CreateTableInput, CreateTableOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidParameter, limitExceeded, missingMember, unsupported } from "../errors.ts";
import { limits } from "../limits.ts";
import type { DynamodbState } from "../state.ts";
import { describeTable } from "../tables/describe.ts";
import type { BillingMode, IndexDocument, KeyNames, TableDocument } from "../tables/document.ts";
import { newIndex } from "../tables/new-index.ts";
import { checkPolicy } from "../tables/resource-policy.ts";
import { attributeTypes, checkAttributesUsed, checkIndexes, keyNamesOf } from "../tables/schema-check.ts";
import { addressOf } from "../tables/table-lookup.ts";
import { withTags } from "../tables/tags.ts";
import { initialThroughput, onDemandLimits } from "../tables/throughput.ts";
import { checkSupported } from "../tables/unsupported.ts";
import type { ScalarType } from "../values/attribute-value.ts";

export async function createTable(
  state: DynamodbState,
  input: Input<CreateTableInput>,
  call: Call,
): Promise<CreateTableOutput> {
  const document = newTable(state, input, call);
  const table = await state.tables.create(document);
  const answer = { TableDescription: describeTable(table) };
  await state.tables.finishLater(table);
  return answer;
}

function newTable(state: DynamodbState, input: Input<CreateTableInput>, call: Call): TableDocument {
  const address = addressOf(input.TableName, call);
  checkSupported(input);
  if (input.GlobalTableSourceArn !== undefined) throw unsupported("GlobalTableSourceArn");
  if (input.AttributeDefinitions === undefined) throw missingMember("attributeDefinitions");
  if (input.KeySchema === undefined) throw missingMember("keySchema");
  const billing: BillingMode = input.BillingMode ?? "PROVISIONED";
  const nowMs = state.clock.now();
  const throughput = initialThroughput(billing, input.ProvisionedThroughput);
  const attributes = attributeTypes(input.AttributeDefinitions);
  const keys = keyNamesOf(input.KeySchema, attributes);
  const indexes = newIndexes(input, billing, keys, attributes);
  checkAttributesUsed(attributes, [keys, ...indexes.map((index) => index.keys)]);
  if (state.tables.list(address.account, address.region).length >= limits.tablesPerAccount)
    throw limitExceeded(
      `Subscriber limit exceeded: There is a limit of ${limits.tablesPerAccount} tables per subscriber`,
    );
  const { ResourcePolicy: policy } = input;
  if (policy !== undefined) checkPolicy(policy);
  const onDemand = onDemandLimits(input.OnDemandThroughput);
  return {
    ...address,
    id: randomUUID(),
    createdMs: nowMs,
    status: "CREATING",
    attributes,
    keys,
    indexes,
    billing,
    throughput,
    ...(billing === "PAY_PER_REQUEST" ? { onDemandSinceMs: nowMs } : {}),
    ...(onDemand === undefined ? {} : { onDemand }),
    ...(input.TableClass === undefined ? {} : { tableClass: input.TableClass }),
    isProtected: input.DeletionProtectionEnabled === true,
    tags: withTags({}, input.Tags ?? []),
    ...(policy === undefined ? {} : { policy: { text: policy, revision: String(nowMs) } }),
  };
}

function newIndexes(
  input: Input<CreateTableInput>,
  billing: BillingMode,
  keys: KeyNames,
  attributes: Readonly<Record<string, ScalarType>>,
): readonly IndexDocument[] {
  const { LocalSecondaryIndexes: locals, GlobalSecondaryIndexes: globals } = input;
  if (locals?.length === 0) throw invalidParameter("List of LocalSecondaryIndexes is empty");
  if (globals?.length === 0) throw invalidParameter("List of GlobalSecondaryIndexes is empty");
  if (locals !== undefined && keys.range === undefined)
    throw invalidParameter(
      "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
    );
  const indexes = [
    ...(locals ?? []).map((local) => {
      const index = newIndex({ ...local, isGlobal: false }, billing, attributes);
      checkLocalKeys(index, keys);
      return index;
    }),
    ...(globals ?? []).map((global) => newIndex({ ...global, isGlobal: true }, billing, attributes)),
  ];
  checkIndexes(indexes);
  return indexes;
}

function checkLocalKeys(index: IndexDocument, keys: KeyNames): void {
  if (index.keys.range === undefined)
    throw invalidParameter(`Index KeySchema does not have a range key for index: ${index.name}`);
  if (index.keys.hash !== keys.hash)
    throw invalidParameter(
      `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${index.name}. ` +
        `index hash key: ${index.keys.hash}, table hash key: ${keys.hash}`,
    );
}
