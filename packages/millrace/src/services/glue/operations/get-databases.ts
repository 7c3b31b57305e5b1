import type { Database, GetDatabasesRequest, GetDatabasesResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { catalogNameOf } from "../catalogs/catalogs.ts";
import { invalidInput } from "../errors.ts";
import { limits } from "../limits.ts";
import { scopeOf } from "../lookup.ts";
import { PagePositions } from "../page-position.ts";
import { databaseAnswer } from "../resource-link.ts";
import type { GlueState } from "../state.ts";

/** The databases of a catalog, by name. There are none of other accounts or federated ones to be listed. */
export function getDatabases(
  state: GlueState,
  input: Input<GetDatabasesRequest>,
  call: Call,
): GetDatabasesResponse {
  const { ResourceShareType, AttributesToGet, MaxResults: limit = limits.databasesPerPage } = input;
  if (AttributesToGet !== undefined && !AttributesToGet.includes("NAME"))
    throw invalidInput("AttributesToGet must include NAME.");
  const scope = scopeOf(input, call);
  // A catalog with a name must have been created.
  state.catalogs.get(catalogNameOf(input.CatalogId, call));
  if (ResourceShareType === "FOREIGN" || ResourceShareType === "FEDERATED") return { DatabaseList: [] };
  const positions = new PagePositions<string>(state, call, { catalog: scope.catalogId });
  const page = state.catalog.databases.list(scope, { after: positions.open(input.NextToken), limit });
  const DatabaseList = page.items.map((database) => {
    const answer = databaseAnswer(state, { scope, database, linked: false }, call);
    return AttributesToGet === undefined ? answer : picked(answer, AttributesToGet);
  });
  return { DatabaseList, NextToken: positions.seal(page.next) };
}

function picked({ Name, TargetDatabase }: Database, attributes: readonly string[]): Database {
  return attributes.includes("TARGET_DATABASE") ? { Name, TargetDatabase } : { Name };
}
