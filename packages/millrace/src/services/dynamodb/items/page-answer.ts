import type { QueryOutput } from "@aws-sdk/client-dynamodb";
import { CapacityCount, type ReturnConsumedCapacity, readUnits } from "./capacity.ts";
import type { Page } from "./page.ts";
import type { ReadRequest } from "./read-request.ts";
import { wire } from "./single-write.ts";

interface PageInput {
  readonly ConsistentRead?: boolean | undefined;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

/** What Query and Scan answer with. */
export function pageAnswer(
  { table, index, isCount }: ReadRequest,
  page: Page,
  input: PageInput,
): QueryOutput {
  const output: QueryOutput = { Count: page.count, ScannedCount: page.scanned };
  if (!isCount) output.Items = page.items.map(wire);
  if (page.lastKey !== undefined) output.LastEvaluatedKey = wire(page.lastKey);
  if (input.ReturnConsumedCapacity !== undefined) {
    const capacity = new CapacityCount(table);
    capacity.read(readUnits(page.bytes, input.ConsistentRead === true), index?.document.name);
    output.ConsumedCapacity = capacity.answer(input.ReturnConsumedCapacity);
  }
  return output;
}
