import type { UpdateTimeToLiveInput, UpdateTimeToLiveOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import type { DynamodbState } from "../state.ts";
import type { TableDocument } from "../tables/document.ts";
import { newIndexId } from "../tables/new-index.ts";
import { findTable, requireActive } from "../tables/table-lookup.ts";

export async function updateTimeToLive(
  state: DynamodbState,
  input: Input<UpdateTimeToLiveInput>,
  call: Call,
): Promise<UpdateTimeToLiveOutput> {
  const { AttributeName: attribute, Enabled: isEnabled } = input.TimeToLiveSpecification;
  const table = findTable(state, input.TableName, call);
  await state.tables.change(table, (document) => {
    requireActive(document);
    return isEnabled ? enabled(document, attribute) : disabled(document, attribute);
  });
  await state.tables.finishLater(table);
  return { TimeToLiveSpecification: { AttributeName: attribute, Enabled: isEnabled } };
}

function enabled(document: TableDocument, attribute: string): TableDocument {
  const { timeToLive } = document;
  if (timeToLive?.status === "DISABLING") throw changesTooFast();
  if (timeToLive !== undefined && timeToLive.attribute !== attribute)
    throw differentAttribute(timeToLive.attribute);
  if (timeToLive !== undefined) throw validation("TimeToLive is already enabled");
  return { ...document, timeToLive: { attribute, indexId: newIndexId(), status: "ENABLING" } };
}

function disabled(document: TableDocument, attribute: string): TableDocument {
  const { timeToLive } = document;
  if (timeToLive === undefined || timeToLive.status === "DISABLING")
    throw validation("TimeToLive is already disabled");
  if (timeToLive.attribute !== attribute) throw differentAttribute(timeToLive.attribute);
  return { ...document, timeToLive: { ...timeToLive, status: "DISABLING" } };
}

function differentAttribute(current: string): Error {
  return validation(`TimeToLive is active on a different AttributeName: current AttributeName is ${current}`);
}

function changesTooFast(): Error {
  return validation("Time to live has been modified multiple times within a fixed interval");
}
