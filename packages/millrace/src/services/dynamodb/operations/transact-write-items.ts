import type {
  ItemCollectionMetrics,
  TransactWriteItemsInput,
  TransactWriteItemsOutput,
} from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { CapacityCount, readUnits } from "../items/capacity.ts";
import { perform } from "../items/item-write.ts";
import { collectionMetrics } from "../items/single-write.ts";
import {
  checkDistinctItems,
  decideAll,
  type TransactionWrite,
  transactionWrite,
} from "../items/transaction.ts";
import { hashInput } from "../items/transaction-tokens.ts";
import type { DynamodbState } from "../state.ts";
import type { Item } from "../values/attribute-value.ts";
import { itemSize } from "../values/item-size.ts";

type Counts = Map<string, CapacityCount>;

export async function transactWriteItems(
  state: DynamodbState,
  input: Input<TransactWriteItemsInput>,
  call: Call,
): Promise<TransactWriteItemsOutput> {
  const writes = input.TransactItems.map((item) => transactionWrite(state, item, call));
  checkDistinctItems(writes);
  const tables = [...new Set(writes.map(({ write }) => write.table.items))];
  const token = input.ClientRequestToken;
  const scope = `${call.account}/${call.region}/${token}`;
  const hash = token === undefined ? "" : hashInput(input.TransactItems);
  const counts = await state.database.write([...tables, state.tokens], () => {
    if (token !== undefined && state.tokens.isRepetition(scope, hash)) return countRepetition(writes);
    const counts = performAll(writes);
    if (token !== undefined) state.tokens.remember(scope, hash);
    return counts;
  });
  const consumed = [...counts].flatMap(
    ([name, count]) => count.answer(input.ReturnConsumedCapacity, name) ?? [],
  );
  const metrics = metricsOf(writes, input);
  return {
    ...(consumed.length === 0 ? {} : { ConsumedCapacity: consumed }),
    ...(metrics === undefined ? {} : { ItemCollectionMetrics: metrics }),
  };
}

/** All of a transaction's writes count twice. */
function performAll(writes: readonly TransactionWrite[]): Counts {
  const counts: Counts = new Map();
  for (const [position, decided] of decideAll(writes).entries()) {
    const name = writes[position]?.name ?? "";
    countOf(counts, name, decided.write).write(decided.before, decided.after, perform(decided), 2);
  }
  return counts;
}

/** A repetition writes nothing; it consumes what reading the items does. */
function countRepetition(writes: readonly TransactionWrite[]): Counts {
  const counts: Counts = new Map();
  for (const { name, write } of writes) {
    const item = write.table.items.get(write.key);
    countOf(counts, name, write).read(readUnits(item === undefined ? 0 : itemSize(item), true) * 2);
  }
  return counts;
}

function countOf(counts: Counts, name: string, { table }: TransactionWrite["write"]): CapacityCount {
  let count = counts.get(name);
  if (count === undefined) {
    count = new CapacityCount(table);
    counts.set(name, count);
  }
  return count;
}

function metricsOf(
  writes: readonly TransactionWrite[],
  input: Input<TransactWriteItemsInput>,
): Record<string, ItemCollectionMetrics[]> | undefined {
  const metrics: Record<string, ItemCollectionMetrics[]> = {};
  for (const { name, write, item, isCheck } of writes) {
    const one = isCheck ? undefined : collectionMetrics(write.table, item as Item, input);
    if (one === undefined) continue;
    metrics[name] = [...(metrics[name] ?? []), one];
  }
  return Object.keys(metrics).length === 0 ? undefined : metrics;
}
