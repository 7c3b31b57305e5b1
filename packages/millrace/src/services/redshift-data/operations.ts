import type { OperationTable } from "../../gateway/service.ts";
import { batchExecuteStatement } from "./operations/batch-execute-statement.ts";
import { cancelStatement } from "./operations/cancel-statement.ts";
import { describeStatement } from "./operations/describe-statement.ts";
import { describeTable } from "./operations/describe-table.ts";
import { executeStatement } from "./operations/execute-statement.ts";
import { getStatementResult } from "./operations/get-statement-result.ts";
import { getStatementResultV2 } from "./operations/get-statement-result-v2.ts";
import { listDatabases } from "./operations/list-databases.ts";
import { listSchemas } from "./operations/list-schemas.ts";
import { listSessions } from "./operations/list-sessions.ts";
import { listStatements } from "./operations/list-statements.ts";
import { listTables } from "./operations/list-tables.ts";
import {
  clusterResource,
  connectingPermissions,
  noResource,
  ownListPermissions,
  statementPermissions,
} from "./permissions.ts";
import type { RedshiftDataState } from "./state.ts";

const connecting = Object.freeze({ resources: clusterResource, permissions: connectingPermissions });
const ofStatement = Object.freeze({ resources: noResource, permissions: statementPermissions });
const ownList = Object.freeze({ resources: noResource, permissions: ownListPermissions });

/** What Millrace has of the Redshift Data API. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<RedshiftDataState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  // coverage: on clusters; no workgroups, no secrets, no events (501)
  BatchExecuteStatement: { run: batchExecuteStatement, ...connecting, ownsRepetitions: true },
  CancelStatement: { run: cancelStatement, ...ofStatement },
  DescribeStatement: { run: describeStatement, ...ofStatement },
  // coverage: on clusters; no workgroups, no secrets (501)
  DescribeTable: { run: describeTable, ...connecting },
  // coverage: on clusters; no workgroups, no secrets, no events (501)
  ExecuteStatement: { run: executeStatement, ...connecting, ownsRepetitions: true },
  GetStatementResult: { run: getStatementResult, ...ofStatement },
  GetStatementResultV2: { run: getStatementResultV2, ...ofStatement },
  // coverage: on clusters; no workgroups, no secrets (501)
  ListDatabases: { run: listDatabases, ...connecting },
  // coverage: on clusters; no workgroups, no secrets (501)
  ListSchemas: { run: listSchemas, ...connecting },
  // coverage: no workgroups (501)
  ListSessions: { run: listSessions, ...ownList },
  // coverage: no workgroups (501)
  ListStatements: { run: listStatements, ...ownList },
  // coverage: on clusters; no workgroups, no secrets (501)
  ListTables: { run: listTables, ...connecting },
};
