import type { Select } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import { invalidParameter, validation } from "../errors.ts";
import type { Condition } from "../expressions/condition.ts";
import { type ExpressionInput, Parameters } from "../expressions/parameters.ts";
import type { Path } from "../expressions/path.ts";
import type { DynamodbState } from "../state.ts";
import type { IndexDocument } from "../tables/document.ts";
import type { Table } from "../tables/table.ts";
import { findItemTable } from "../tables/table-lookup.ts";
import type { ItemIndex } from "./item-index.ts";
import { projectedAttributes } from "./page.ts";

/** What Query and Scan have in common. */
export interface ReadInput extends ExpressionInput {
  readonly TableName: string;
  readonly IndexName?: string | undefined;
  readonly Select?: Select | undefined;
  readonly ConsistentRead?: boolean | undefined;
}

/** What Query and Scan read from, and what of it they answer. */
export interface ReadRequest {
  readonly table: Table;
  readonly index: { readonly document: IndexDocument; readonly entries: ItemIndex } | undefined;
  readonly keyCondition: Condition | undefined;
  readonly filter: Condition | undefined;
  readonly projection: readonly Path[] | undefined;
  readonly isCount: boolean;
  readonly readsWholeItems: boolean;
}

export function readRequest(state: DynamodbState, input: ReadInput, call: Call): ReadRequest {
  const parameters = new Parameters(input, [
    "ProjectionExpression",
    "FilterExpression",
    "KeyConditionExpression",
  ]);
  const keyCondition = parameters.keyCondition();
  const filter = parameters.filter();
  const projection = parameters.projection();
  parameters.checkUsed();
  const table = findItemTable(state, input.TableName, call);
  const index = input.IndexName === undefined ? undefined : findIndex(table, input.IndexName);
  if (index?.document.isGlobal && input.ConsistentRead === true)
    throw validation("Consistent reads are not supported on global secondary indexes");
  checkSelect(input, index?.document);
  return {
    table,
    index,
    keyCondition,
    filter,
    projection,
    isCount: input.Select === "COUNT",
    readsWholeItems: readsWholeItems(table, index?.document, input, projection),
  };
}

function findIndex(table: Table, name: string): NonNullable<ReadRequest["index"]> {
  const document = table.indexDocument(name);
  const entries = table.index(name);
  if (document === undefined || entries === undefined)
    throw validation(`The table does not have the specified index: ${name}`);
  if (document.status === "CREATING")
    throw validation(`Cannot read from backfilling global secondary index: ${name}`);
  return { document, entries };
}

function checkSelect(input: ReadInput, index: IndexDocument | undefined): void {
  const { Select, ProjectionExpression, AttributesToGet } = input;
  const projected =
    ProjectionExpression !== undefined
      ? "ProjectionExpression"
      : AttributesToGet !== undefined
        ? "AttributesToGet"
        : undefined;
  if (Select === "ALL_PROJECTED_ATTRIBUTES" && index === undefined)
    throw invalidParameter("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
  if (Select === "SPECIFIC_ATTRIBUTES" && projected === undefined)
    throw invalidParameter(
      "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
    );
  if (Select !== undefined && Select !== "SPECIFIC_ATTRIBUTES" && projected !== undefined)
    throw invalidParameter(`Cannot specify the ${projected} when choosing to get ${Select}`);
}

/** A local index can fetch what it does not hold from the table; a global one cannot. */
function readsWholeItems(
  { document }: Table,
  index: IndexDocument | undefined,
  input: ReadInput,
  projection: readonly Path[] | undefined,
): boolean {
  const held = index && projectedAttributes(document, index);
  if (index === undefined || held === undefined) return true;
  const missing = (projection ?? []).map(([name]) => name).filter((name) => !held.includes(name));
  const wantsAll = input.Select === "ALL_ATTRIBUTES";
  if (!index.isGlobal) return wantsAll || missing.length > 0;
  if (wantsAll)
    throw invalidParameter(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  if (missing.length > 0)
    throw invalidParameter(`Global secondary index ${index.name} does not project [${missing.join(", ")}]`);
  return false;
}
