import type { GetTablesRequest, GetTablesResponse, Table } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidInput, notImplemented } from "../errors.ts";
import { limits } from "../limits.ts";
import { databaseOf } from "../lookup.ts";
import { namePattern } from "../name-pattern.ts";
import { PagePositions } from "../page-position.ts";
import { tableAnswer } from "../resource-link.ts";
import type { GlueState } from "../state.ts";

/** The tables of a database, by name. None is federated. */
export function getTables(state: GlueState, input: Input<GetTablesRequest>, call: Call): GetTablesResponse {
  const { Expression, AttributesToGet, MaxResults: limit = limits.tablesPerPage } = input;
  if (input.TransactionId !== undefined || input.QueryAsOfTime !== undefined)
    throw notImplemented("tables as of a time or a transaction");
  if (AttributesToGet !== undefined && !AttributesToGet.includes("NAME"))
    throw invalidInput("AttributesToGet must include NAME.");
  const found = databaseOf(state, input, call, ["*"]);
  if (input.ResourceShareType === "FEDERATED") return { TableList: [] };
  const matches = Expression === undefined || Expression === "" ? undefined : namePattern(Expression);
  const filters = { database: found.database.id, expression: Expression };
  const positions = new PagePositions<string>(state, call, filters);
  const after = positions.open(input.NextToken);
  const page = state.catalog.tables.list(found.database, { after, limit }, matches);
  const TableList = page.items.map((table) => {
    const answer = tableAnswer(state, { ...found, table }, call);
    return AttributesToGet === undefined ? answer : picked(answer, AttributesToGet);
  });
  return { TableList, NextToken: positions.seal(page.next) };
}

function picked({ Name, TableType }: Table, attributes: readonly string[]): Table {
  return attributes.includes("TABLE_TYPE") ? { Name, TableType } : { Name };
}
