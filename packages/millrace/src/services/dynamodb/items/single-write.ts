import type { ItemCollectionMetrics } from "@aws-sdk/client-dynamodb";
import type { DynamodbState } from "../state.ts";
import type { Table } from "../tables/table.ts";
import { attributeOf, type Item } from "../values/attribute-value.ts";
import { CapacityCount, type ConsumedCapacity, type ReturnConsumedCapacity } from "./capacity.ts";
import { pick } from "./item-key.ts";
import { decide, type ItemWrite, perform } from "./item-write.ts";

interface WriteInput {
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
  readonly ReturnItemCollectionMetrics?: "SIZE" | "NONE" | undefined;
}

interface SingleWrite {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly report: {
    ConsumedCapacity?: ConsumedCapacity;
    ItemCollectionMetrics?: ItemCollectionMetrics;
  };
}

/** Makes one write by itself: PutItem, UpdateItem or DeleteItem. */
export async function writeOne(
  { database }: DynamodbState,
  write: ItemWrite,
  key: Item,
  input: WriteInput,
): Promise<SingleWrite> {
  const { table } = write;
  const { decided, indexes } = await database.write([table.items], () => {
    const decided = decide(write);
    return { decided, indexes: perform(decided) };
  });
  const { before, after } = decided;
  const capacity = new CapacityCount(table);
  capacity.write(before, after, indexes);
  const consumed = capacity.answer(input.ReturnConsumedCapacity);
  const metrics = collectionMetrics(table, key, input);
  return {
    before,
    after,
    report: {
      ...(consumed === undefined ? {} : { ConsumedCapacity: consumed }),
      ...(metrics === undefined ? {} : { ItemCollectionMetrics: metrics }),
    },
  };
}

/** Only tables with local indexes have item collections. Millrace does not limit their size. */
export function collectionMetrics(
  table: Table,
  item: Item,
  input: WriteInput,
): ItemCollectionMetrics | undefined {
  const { hash } = table.document.keys;
  if (input.ReturnItemCollectionMetrics !== "SIZE" || !table.hasLocalIndexes) return undefined;
  if (attributeOf(item, hash) === undefined) return undefined;
  return { ItemCollectionKey: wire(pick(item, [hash])), SizeEstimateRangeGB: [0, 1] };
}

/** An item as the SDK's types have it; only the types differ. */
export function wire(item: Item): NonNullable<ItemCollectionMetrics["ItemCollectionKey"]> {
  return item as NonNullable<ItemCollectionMetrics["ItemCollectionKey"]>;
}
