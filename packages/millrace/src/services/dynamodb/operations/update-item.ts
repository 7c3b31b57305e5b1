import type { ReturnValue, UpdateItemInput, UpdateItemOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { Parameters } from "../expressions/parameters.ts";
import { project } from "../expressions/projection.ts";
import type { Update } from "../expressions/update.ts";
import { updateWrite } from "../items/item-write.ts";
import { wire, writeOne } from "../items/single-write.ts";
import type { DynamodbState } from "../state.ts";
import { findItemTable } from "../tables/table-lookup.ts";
import type { Item } from "../values/attribute-value.ts";

export async function updateItem(
  state: DynamodbState,
  input: Input<UpdateItemInput>,
  call: Call,
): Promise<UpdateItemOutput> {
  const parameters = new Parameters(input, ["UpdateExpression", "ConditionExpression"]);
  const update = parameters.update();
  const condition = parameters.condition();
  parameters.checkUsed();
  const table = findItemTable(state, input.TableName, call);
  const returnsOldOnFailure = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
  const write = updateWrite(table, input.Key, update, { condition, returnsOldOnFailure });
  const { before, after, report } = await writeOne(state, write, input.Key as unknown as Item, input);
  const attributes = returned(input.ReturnValues, update, before, after);
  return attributes === undefined ? report : { Attributes: wire(attributes), ...report };
}

/** The attributes that the caller asked for; undefined for none. */
function returned(
  wanted: ReturnValue | undefined,
  update: Update,
  before: Item | undefined,
  after: Item | undefined,
): Item | undefined {
  if (wanted === "ALL_OLD") return before;
  if (wanted === "ALL_NEW") return after;
  if (wanted !== "UPDATED_OLD" && wanted !== "UPDATED_NEW") return undefined;
  const item = wanted === "UPDATED_OLD" ? before : after;
  if (item === undefined) return undefined;
  const attributes = project(
    item,
    update.map(({ path }) => path),
  );
  return Object.keys(attributes).length === 0 ? undefined : attributes;
}
