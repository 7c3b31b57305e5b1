import type { BatchGetItemInput, BatchGetItemOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import { Parameters } from "../expressions/parameters.ts";
import type { Path } from "../expressions/path.ts";
import { project } from "../expressions/projection.ts";
import { CapacityCount, type ConsumedCapacity, readUnits } from "../items/capacity.ts";
import { keyOfKey } from "../items/item-key.ts";
import { wire } from "../items/single-write.ts";
import { limits } from "../limits.ts";
import type { DynamodbState } from "../state.ts";
import type { Table } from "../tables/table.ts";
import { findItemTable } from "../tables/table-lookup.ts";
import { checkItem } from "../values/check-value.ts";
import { itemSize } from "../values/item-size.ts";
import type { ItemKey } from "../values/key-bytes.ts";

type Requests = Input<BatchGetItemInput>["RequestItems"];

/** What is asked of one table. */
interface TableRequest {
  readonly name: string;
  readonly table: Table;
  readonly keys: readonly ItemKey[];
  readonly projection: readonly Path[] | undefined;
  readonly isConsistent: boolean;
}

export async function batchGetItem(
  state: DynamodbState,
  input: Input<BatchGetItemInput>,
  call: Call,
): Promise<BatchGetItemOutput> {
  const requests = Object.entries(input.RequestItems).map(([name, request]) =>
    tableRequest(state, name, request, call),
  );
  if (requests.reduce((sum, { keys }) => sum + keys.length, 0) > limits.batchGetItems)
    throw validation("Too many items requested for the BatchGetItem call");
  return state.database.read(
    requests.map(({ table }) => table.items),
    () => readAll(requests, input),
  );
}

function tableRequest(
  state: DynamodbState,
  name: string,
  request: Requests[string],
  call: Call,
): TableRequest {
  const parameters = new Parameters(request, ["ProjectionExpression"]);
  const projection = parameters.projection();
  parameters.checkUsed();
  const table = findItemTable(state, name, call);
  const keys = request.Keys.map((key) => keyOfKey(table.document, checkItem(key)));
  const texts = new Set(keys.map(({ hash, range }) => `${hash.toString("hex")}/${range.toString("hex")}`));
  if (texts.size !== keys.length) throw validation("Provided list of item keys contains duplicates");
  return { name, table, keys, projection, isConsistent: request.ConsistentRead === true };
}

/** Reads until the answer is full; what is left is for the next call. */
function readAll(requests: readonly TableRequest[], input: Input<BatchGetItemInput>): BatchGetItemOutput {
  const responses: NonNullable<BatchGetItemOutput["Responses"]> = {};
  const unprocessed: Record<string, unknown> = {};
  const consumed: ConsumedCapacity[] = [];
  let bytes = 0;
  for (const { name, table, keys, projection, isConsistent } of requests) {
    const items: NonNullable<BatchGetItemOutput["Responses"]>[string] = [];
    const capacity = new CapacityCount(table);
    responses[name] = items;
    for (const [position, key] of keys.entries()) {
      if (bytes >= limits.batchGetBytes) {
        unprocessed[name] = rest(input.RequestItems[name], position);
        break;
      }
      const item = table.items.get(key);
      const size = item === undefined ? 0 : itemSize(item);
      bytes += size;
      capacity.read(readUnits(size, isConsistent));
      if (item !== undefined) items.push(wire(projection === undefined ? item : project(item, projection)));
    }
    const answer = capacity.answer(input.ReturnConsumedCapacity, name);
    if (answer !== undefined) consumed.push(answer);
  }
  return {
    Responses: responses,
    UnprocessedKeys: unprocessed as NonNullable<BatchGetItemOutput["UnprocessedKeys"]>,
    ...(consumed.length === 0 ? {} : { ConsumedCapacity: consumed }),
  };
}

function rest(request: Requests[string] | undefined, position: number): unknown {
  return { ...request, Keys: request?.Keys.slice(position) };
}
