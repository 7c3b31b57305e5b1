import type { GetItemInput, GetItemOutput } from "@aws-sdk/client-dynamodb";
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

export async function getItem(
  state: DynamodbState,
  input: Input<GetItemInput>,
  call: Call,
): Promise<GetItemOutput> {
  const parameters = new Parameters(input, ["ProjectionExpression"]);
  const projection = parameters.projection();
  parameters.checkUsed();
  const table = findItemTable(state, input.TableName, call);
  const key = keyOfKey(table.document, checkItem(input.Key));
  const item = await state.database.read([table.items], () => table.items.get(key));
  const output: GetItemOutput = {};
  if (item !== undefined) output.Item = wire(projection === undefined ? item : project(item, projection));
  if (input.ReturnConsumedCapacity !== undefined) {
    const capacity = new CapacityCount(table);
    capacity.read(readUnits(item === undefined ? 0 : itemSize(item), input.ConsistentRead === true));
    output.ConsumedCapacity = capacity.answer(input.ReturnConsumedCapacity);
  }
  return output;
}
