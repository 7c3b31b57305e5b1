import type {
  BatchWriteItemInput,
  BatchWriteItemOutput,
  ItemCollectionMetrics,
} from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import { CapacityCount, type ConsumedCapacity } from "../items/capacity.ts";
import { decide, deleteWrite, type ItemWrite, perform, putWrite } from "../items/item-write.ts";
import { collectionMetrics } from "../items/single-write.ts";
import { limits } from "../limits.ts";
import type { DynamodbState } from "../state.ts";
import type { Table } from "../tables/table.ts";
import { findItemTable } from "../tables/table-lookup.ts";
import type { Item } from "../values/attribute-value.ts";

type Request = Input<BatchWriteItemInput>["RequestItems"][string][number];

/** The writes of one table. */
interface TableWrites {
  readonly name: string;
  readonly table: Table;
  readonly writes: readonly ItemWrite[];
  /** The items and keys as they came. */
  readonly items: readonly Item[];
}

const unconditional = { condition: undefined, returnsOldOnFailure: false } as const;

export async function batchWriteItem(
  state: DynamodbState,
  input: Input<BatchWriteItemInput>,
  call: Call,
): Promise<BatchWriteItemOutput> {
  const tables = Object.entries(input.RequestItems).map(([name, requests]): TableWrites => {
    const table = findItemTable(state, name, call);
    const writes = requests.map((request) => writeOf(table, request));
    checkDistinct(writes);
    return { name, table, writes, items: requests.map(itemOf) };
  });
  if (tables.reduce((sum, { writes }) => sum + writes.length, 0) > limits.batchWriteItems)
    throw validation("Too many items requested for the BatchWriteItem call");
  const touched = tables.map(({ table }) => table.items);
  const consumed = await state.database.write(touched, () =>
    tables.flatMap((writes) => performAll(writes, input) ?? []),
  );
  const metrics = metricsOf(tables, input);
  return {
    UnprocessedItems: {},
    ...(consumed.length === 0 ? {} : { ConsumedCapacity: consumed }),
    ...(metrics === undefined ? {} : { ItemCollectionMetrics: metrics }),
  };
}

function writeOf(table: Table, { PutRequest: put, DeleteRequest: remove }: Request): ItemWrite {
  if ((put === undefined) === (remove === undefined))
    throw validation(
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    );
  return put === undefined
    ? deleteWrite(table, remove?.Key, unconditional)
    : putWrite(table, put.Item, unconditional);
}

function itemOf({ PutRequest: put, DeleteRequest: remove }: Request): Item {
  return (put?.Item ?? remove?.Key) as unknown as Item;
}

function checkDistinct(writes: readonly ItemWrite[]): void {
  const keys = writes.map(({ key }) => `${key.hash.toString("hex")}/${key.range.toString("hex")}`);
  if (new Set(keys).size !== keys.length) throw validation("Provided list of item keys contains duplicates");
}

function performAll(
  { name, table, writes }: TableWrites,
  input: Input<BatchWriteItemInput>,
): ConsumedCapacity | undefined {
  const capacity = new CapacityCount(table);
  for (const write of writes) {
    const decided = decide(write);
    capacity.write(decided.before, decided.after, perform(decided));
  }
  return capacity.answer(input.ReturnConsumedCapacity, name);
}

function metricsOf(
  tables: readonly TableWrites[],
  input: Input<BatchWriteItemInput>,
): Record<string, ItemCollectionMetrics[]> | undefined {
  const metrics: Record<string, ItemCollectionMetrics[]> = {};
  for (const { name, table, items } of tables) {
    const ofTable = items.flatMap((item) => collectionMetrics(table, item, input) ?? []);
    if (ofTable.length > 0) metrics[name] = ofTable;
  }
  return Object.keys(metrics).length === 0 ? undefined : metrics;
}
