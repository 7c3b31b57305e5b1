import type { CreateTableRequest, CreateTableResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked, notImplemented } from "../errors.ts";
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
  if (input.OpenTableFormatInput !== undefined) throw notImplemented("tables of open table formats");
  const { name, definition } = tableDefinition(input);
  const found = databaseOf(state, input, call, [name]);
  checkTableLink(state, { ...found, name, definition }, call);
  const { catalog } = state;
  const create = () => {
    const table = catalog.tables.add(found.database, folded(name), definition, call.principal.arn);
    for (const { IndexName, Keys } of input.PartitionIndexes ?? [])
      catalog.partitionIndexes.add(table, { name: IndexName, keys: Keys }, "ACTIVE");
  };
  await asked(catalog.write(create));
  return {};
}
