import type {
  ListStatementsRequest,
  ListStatementsResponse,
  StatementData,
} from "@aws-sdk/client-redshift-data";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { runnerOf } from "../caller.ts";
import { isFinal, type StatementDocument } from "../document.ts";
import { notImplemented } from "../errors.ts";
import { limits } from "../limits.ts";
import { pageOf } from "../paging.ts";
import type { RedshiftDataState } from "../state.ts";
import type { StatementFilter } from "../statement-table.ts";

/** The newest first: those of the caller's role, finished ones unless told otherwise. */
export async function listStatements(
  state: RedshiftDataState,
  input: Input<ListStatementsRequest>,
  call: Call,
): Promise<ListStatementsResponse> {
  const { Status = "FINISHED", StatementName, RoleLevel = true, Database, ClusterIdentifier } = input;
  if (input.WorkgroupName) throw notImplemented("WorkgroupName (Redshift Serverless)");
  const { identity, userId } = runnerOf(call.principal);
  const own = { identity, userId: RoleLevel ? undefined : userId };
  const isOpen = Status !== "ALL" && !isFinal(Status);
  const filter: StatementFilter = {
    ...{ account: call.account, region: call.region, ...own, namePrefix: StatementName || undefined },
    ...{ cluster: ClusterIdentifier, database: Database },
    // What has not ended stands in the table as it began.
    status: isOpen ? "SUBMITTED" : Status === "ALL" ? undefined : Status,
  };
  const filters = { ...own, Status, StatementName, Database, ClusterIdentifier };
  const options = { filters, defaultCount: limits.defaultListedStatements, placeOf };
  const { items, nextToken } = await pageOf(state, call, input, options, (after, count) => {
    // All that has not ended fits into one read, whatever its state.
    const wanted = isOpen ? maxOpen : count;
    const found = state.statements.list(filter, after === undefined ? undefined : Number(after), wanted);
    const current = found.map(({ seq, document }) => ({
      seq,
      document: state.runner.get(document.id)?.document ?? document,
    }));
    return current.filter(({ document }) => Status === "ALL" || document.status === Status).slice(0, count);
  });
  return { Statements: items.map(({ document }) => statementData(document)), NextToken: nextToken };
}

const maxOpen = 100 * limits.activeStatements;

const placeOf = ({ seq }: { readonly seq: number }): string => String(seq);

function statementData(document: StatementDocument): StatementData {
  const { id, isBatch, parts, status, name, createdAtMs, updatedAtMs, parameters, format } = document;
  return {
    ...{ Id: id, Status: status, StatementName: name, IsBatchStatement: isBatch, ResultFormat: format },
    QueryString: isBatch ? undefined : parts[0]?.sql,
    QueryStrings: isBatch ? parts.map(({ sql }) => sql) : undefined,
    ...{ CreatedAt: new Date(createdAtMs), UpdatedAt: new Date(updatedAtMs), SecretArn: undefined },
    QueryParameters: parameters.length > 0 ? [...parameters] : undefined,
    SessionId: document.sessionId,
  };
}
