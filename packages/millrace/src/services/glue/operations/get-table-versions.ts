import type { GetTableVersionsRequest, GetTableVersionsResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { limits } from "../limits.ts";
import { tableOf } from "../lookup.ts";
import { PagePositions } from "../page-position.ts";
import type { GlueState } from "../state.ts";
import { tableOutput } from "../table-output.ts";

/** The newest first. */
export function getTableVersions(
  state: GlueState,
  input: Input<GetTableVersionsRequest>,
  call: Call,
): GetTableVersionsResponse {
  const { scope, database, table } = tableOf(state, input, input.TableName, call);
  const positions = new PagePositions<number>(state, call, { table: table.id });
  const after = positions.open(input.NextToken);
  const limit = input.MaxResults ?? limits.versionsPerPage;
  const { items, next } = state.catalog.tableVersions.list(table, { after, limit });
  const TableVersions = items.map((version) => ({
    Table: tableOutput(scope, database.name, version),
    VersionId: String(version.version),
  }));
  return { TableVersions, NextToken: positions.seal(next) };
}
