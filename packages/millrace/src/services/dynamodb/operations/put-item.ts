import type { PutItemInput, PutItemOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import { Parameters } from "../expressions/parameters.ts";
import { putWrite } from "../items/item-write.ts";
import { wire, writeOne } from "../items/single-write.ts";
import type { DynamodbState } from "../state.ts";
import { findItemTable } from "../tables/table-lookup.ts";
import type { Item } from "../values/attribute-value.ts";

export async function putItem(
  state: DynamodbState,
  input: Input<PutItemInput>,
  call: Call,
): Promise<PutItemOutput> {
  const { ReturnValues } = input;
  if (ReturnValues !== undefined && ReturnValues !== "NONE" && ReturnValues !== "ALL_OLD")
    throw validation("ReturnValues can only be ALL_OLD or NONE");
  const parameters = new Parameters(input, ["ConditionExpression"]);
  const condition = parameters.condition();
  parameters.checkUsed();
  const table = findItemTable(state, input.TableName, call);
  const returnsOldOnFailure = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
  const write = putWrite(table, input.Item, { condition, returnsOldOnFailure });
  const { before, report } = await writeOne(state, write, input.Item as unknown as Item, input);
  return ReturnValues === "ALL_OLD" && before !== undefined
    ? { Attributes: wire(before), ...report }
    : report;
}
