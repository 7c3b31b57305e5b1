import type { CreateTableRequest, CreateTableResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked } from "../errors.ts";
import { databaseOf, folded } from "../lookup.ts";
import { checkTableLink } from "../resource-link.ts";
import type { GlueState } from "../state.ts";
import { tableDefinition } from "../table-input.ts";

/** Creates a table, a view or a resource link to a table. */
export async function createTable(
  state: GlueState,
  input: Input<CreateTableRequest>,
  call: Call,
): Promise<CreateTableResponse> {
  const { name, definition } = tableDefinition(input);
  const found = databaseOf(state, input, call, [name]);
  checkTableLink(state, { ...found, name, definition }, call);
  await asked(state.catalog.tables.create(found.database, folded(name), definition, call.principal.arn));
  return {};
}
