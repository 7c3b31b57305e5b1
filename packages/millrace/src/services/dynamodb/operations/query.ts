import type { QueryInput, QueryOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import { conditionPaths } from "../expressions/condition-paths.ts";
import { type KeyInterval, keyInterval, legacyKeyInterval } from "../expressions/key-condition.ts";
import type { LegacyCondition } from "../expressions/legacy-conditions.ts";
import { keyNames } from "../items/item-key.ts";
import { readPage } from "../items/page.ts";
import { pageAnswer } from "../items/page-answer.ts";
import { type ReadRequest, readRequest } from "../items/read-request.ts";
import type { Position } from "../items/row-reader.ts";
import { startPosition } from "../items/start-key.ts";
import type { DynamodbState } from "../state.ts";

export async function query(
  state: DynamodbState,
  input: Input<QueryInput>,
  call: Call,
): Promise<QueryOutput> {
  const request = readRequest(state, input, call);
  const { table, index, filter } = request;
  const interval = intervalOf(request, input);
  checkFilter(request, input.QueryFilter === undefined ? "Filter Expression" : "QueryFilter");
  const after = startPosition(input.ExclusiveStartKey, table.document, index?.document);
  if (after !== undefined) checkStart(after, interval);
  const range = { ...interval, isForward: input.ScanIndexForward !== false, ...(after ? { after } : {}) };
  const page = await state.database.read([table.items], () =>
    readPage(table.items.query(range, index?.entries), {
      ...request,
      document: table.document,
      index: index?.document,
      limit: input.Limit,
      filter,
    }),
  );
  return pageAnswer(request, page, input);
}

function intervalOf({ table, index, keyCondition }: ReadRequest, input: Input<QueryInput>): KeyInterval {
  const keys = index?.document.keys ?? table.document.keys;
  const { attributes } = table.document;
  if (keyCondition !== undefined) return keyInterval(keyCondition, keys, attributes);
  if (input.KeyConditions === undefined)
    throw validation(
      "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
    );
  return legacyKeyInterval(
    input.KeyConditions as Readonly<Record<string, LegacyCondition>>,
    keys,
    attributes,
  );
}

/** A Query's filter may not look at the keys: conditions on them belong to the key condition. */
function checkFilter({ table, index, filter }: ReadRequest, kind: string): void {
  if (filter === undefined) return;
  const names = keyNames(index?.document.keys ?? table.document.keys);
  const key = conditionPaths(filter).find(([name]) => names.includes(name));
  if (key !== undefined)
    throw validation(`${kind} can only contain non-primary key attributes: Primary key attribute: ${key[0]}`);
}

function checkStart({ key, entry }: Position, { hash, from, until }: KeyInterval): void {
  const place = entry ?? key;
  if (!place.hash.equals(hash))
    throw validation("The provided starting key is outside query boundaries based on provided conditions");
  if (Buffer.compare(place.range, from) < 0 || Buffer.compare(place.range, until) >= 0)
    throw validation("The provided starting key does not match the range key predicate");
}
