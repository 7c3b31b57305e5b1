import type { OperationTable } from "../../gateway/service.ts";
import { onDatabase, onTables } from "./catalog-arns.ts";
import { createDatabase } from "./operations/create-database.ts";
import { createTable } from "./operations/create-table.ts";
import { getDatabase } from "./operations/get-database.ts";
import { getTable } from "./operations/get-table.ts";
import type { GlueState } from "./state.ts";

/** What Millrace has of glue. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<GlueState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  CreateDatabase: {
    run: createDatabase,
    resources: (_state, input, call) => onDatabase(input.DatabaseInput.Name, input, call),
  },
  CreateTable: {
    run: createTable,
    resources: (_state, input, call) =>
      onTables(input.DatabaseName, [input.TableInput?.Name ?? "*"], input, call),
  },
  GetDatabase: {
    run: getDatabase,
    resources: (_state, input, call) => onDatabase(input.Name, input, call),
  },
  GetTable: {
    run: getTable,
    resources: (_state, input, call) => onTables(input.DatabaseName, [input.Name], input, call),
  },
};
