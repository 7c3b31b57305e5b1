import type { TransactGetItemsInput, TransactGetItemsOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { Parameters } from "../expressions/parameters.ts";
import { project } from "../expressions/projection.ts";
import { CapacityCount, readUnits } from "../items/capacity.ts";
import { keyOfKey } from "../items/item-key.ts";
import { wire } from "../items/single-write.ts";
import type { DynamodbState } from "../state.ts";
import { findItemTable } from "../tables/table-lookup.ts";
import { checkItem } from "../values/check-value.ts";
import { itemSize } from "../values/item-size.ts";

export async function transactGetItems(
  state: DynamodbState,
  input: Input<TransactGetItemsInput>,
  call: Call,
): Promise<TransactGetItemsOutput> {
  const gets = input.TransactItems.map(({ Get }) => {
    const parameters = new Parameters(Get, ["ProjectionExpression"]);
    const projection = parameters.projection();
    parameters.checkUsed();
    const table = findItemTable(state, Get.TableName, call);
    return { name: Get.TableName, table, key: keyOfKey(table.document, checkItem(Get.Key)), projection };
  });
  const items = await state.database.read(
    gets.map(({ table }) => table.items),
    () => gets.map(({ table, key }) => table.items.get(key)),
  );
  const counts = new Map<string, CapacityCount>();
  const responses = gets.map(({ name, table, projection }, position) => {
    const item = items[position];
    const count = counts.get(name) ?? new CapacityCount(table);
    counts.set(name, count);
    count.read(readUnits(item === undefined ? 0 : itemSize(item), true) * 2);
    if (item === undefined) return {};
    return { Item: wire(projection === undefined ? item : project(item, projection)) };
  });
  const consumed = [...counts].flatMap(
    ([name, count]) => count.answer(input.ReturnConsumedCapacity, name) ?? [],
  );
  return { Responses: responses, ...(consumed.length === 0 ? {} : { ConsumedCapacity: consumed }) };
}
