import type { CancellationReason, TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import { Parameters } from "../expressions/parameters.ts";
import { limits } from "../limits.ts";
import type { DynamodbState } from "../state.ts";
import { findItemTable } from "../tables/table-lookup.ts";
import { itemSize } from "../values/item-size.ts";
import {
  checkWrite,
  type DecidedWrite,
  decide,
  deleteWrite,
  type ItemWrite,
  putWrite,
  updateWrite,
} from "./item-write.ts";

/** A write of a transaction, and under which name its table was given. */
export interface TransactionWrite {
  readonly name: string;
  readonly write: ItemWrite;
  readonly isCheck: boolean;
  /** The item or the key as it came. */
  readonly item: unknown;
}

export function transactionWrite(
  state: DynamodbState,
  { Put, Update, Delete, ConditionCheck }: Input<TransactWriteItem>,
  call: Call,
): TransactionWrite {
  const action = Put ?? Update ?? Delete ?? ConditionCheck;
  const given = [Put, Update, Delete, ConditionCheck].filter((one) => one !== undefined);
  if (action === undefined || given.length !== 1)
    throw validation("TransactItems can only contain one of Check, Put, Update or Delete");
  const parameters = new Parameters(
    action,
    Update === undefined ? ["ConditionExpression"] : ["UpdateExpression", "ConditionExpression"],
  );
  const update = parameters.update();
  const condition = parameters.condition();
  parameters.checkUsed();
  const table = findItemTable(state, action.TableName, call);
  const conditions = {
    condition,
    returnsOldOnFailure: action.ReturnValuesOnConditionCheckFailure === "ALL_OLD",
  };
  const name = action.TableName;
  if (Put !== undefined)
    return { name, write: putWrite(table, Put.Item, conditions), isCheck: false, item: Put.Item };
  const item = (Update ?? Delete ?? ConditionCheck)?.Key;
  if (Update !== undefined)
    return { name, write: updateWrite(table, item, update, conditions), isCheck: false, item };
  if (Delete !== undefined)
    return { name, write: deleteWrite(table, item, conditions), isCheck: false, item };
  return { name, write: checkWrite(table, item, conditions), isCheck: true, item };
}

export function checkDistinctItems(writes: readonly TransactionWrite[]): void {
  const keys = writes.map(({ write: { table, key } }) =>
    [table.items.id, key.hash.toString("hex"), key.range.toString("hex")].join("/"),
  );
  if (new Set(keys).size !== keys.length)
    throw validation("Transaction request cannot include multiple operations on one item");
}

/** Decides all writes of a transaction. @throws ServiceError with the reason of each when one must not be made. */
export function decideAll(writes: readonly TransactionWrite[]): readonly DecidedWrite[] {
  const decided: DecidedWrite[] = [];
  const reasons = writes.map(({ write }): CancellationReason => {
    try {
      decided.push(decide(write));
      return { Code: "None" };
    } catch (error) {
      if (error instanceof ServiceError) return reasonOf(error);
      throw error;
    }
  });
  if (decided.length < writes.length) throw transactionCanceled(reasons);
  const bytes = decided.reduce((sum, { after }) => sum + (after === undefined ? 0 : itemSize(after)), 0);
  if (bytes > limits.transactBytes)
    throw validation("Collection size of items exceeded: the items of a transaction may have 4 MB in total");
  return decided;
}

function reasonOf({ code, message, members }: ServiceError): CancellationReason {
  if (code !== "ConditionalCheckFailedException") return { Code: "ValidationError", Message: message };
  const item = members["Item"] as CancellationReason["Item"];
  return {
    Code: "ConditionalCheckFailed",
    Message: message,
    ...(item === undefined ? {} : { Item: item }),
  };
}

function transactionCanceled(reasons: readonly CancellationReason[]): ServiceError {
  const codes = reasons.map(({ Code }) => Code).join(", ");
  return new ServiceError(
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { members: { CancellationReasons: reasons } },
  );
}
