import type {
  DescribeStatementRequest,
  DescribeStatementResponse,
  SubStatementData,
} from "@aws-sdk/client-redshift-data";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { Part, StatementDocument } from "../document.ts";
import { awaitStatement } from "../lookup.ts";
import type { RedshiftDataState } from "../state.ts";

const nanosPerMs = 1_000_000;

/** A statement, a batch with all of its statements, or one of these by its own id. */
export async function describeStatement(
  state: RedshiftDataState,
  input: Input<DescribeStatementRequest>,
  call: Call,
): Promise<DescribeStatementResponse> {
  const { document, part } = await awaitStatement(state, call, input);
  const { parameters, cluster, database, dbUser, processId, sessionId, format } = document;
  const common = {
    ...{ ClusterIdentifier: cluster, Database: database, DbUser: dbUser, SessionId: sessionId },
    ...{ RedshiftPid: processId ?? 0, ResultFormat: format },
    QueryParameters: parameters.length > 0 ? [...parameters] : undefined,
    SecretArn: undefined,
  };
  if (part !== undefined) return { ...common, ...subStatement(document, part) };
  return { ...common, ...whole(document) };
}

function whole(document: StatementDocument): DescribeStatementResponse {
  const { id, status, error, createdAtMs, updatedAtMs, durationMs, isBatch, mode, parts } = document;
  const only = isBatch ? undefined : parts[0];
  return {
    ...{ Id: id, Status: status, Error: error },
    ...{ CreatedAt: new Date(createdAtMs), UpdatedAt: new Date(updatedAtMs) },
    Duration: durationMs < 0 ? -1 : durationMs * nanosPerMs,
    HasResultSet: parts.some(({ columns }) => columns !== undefined),
    QueryString: only?.sql,
    ...{ ResultRows: only?.rows ?? -1, ResultSize: only?.resultBytes ?? -1 },
    RedshiftQueryId: only?.queryId ?? -1,
    SubStatements: isBatch ? parts.map((_, index) => subStatement(document, index)) : undefined,
    ExecutionMode: isBatch ? mode : undefined,
  };
}

function subStatement(document: StatementDocument, index: number): SubStatementData {
  const part = document.parts[index] as Part;
  return {
    ...{ Id: `${document.id}:${index + 1}`, Status: part.status, Error: part.error },
    ...{ CreatedAt: new Date(document.createdAtMs), UpdatedAt: new Date(part.updatedAtMs) },
    Duration: part.durationMs < 0 ? -1 : part.durationMs * nanosPerMs,
    ...{ HasResultSet: part.columns !== undefined, QueryString: part.sql },
    ...{ ResultRows: part.rows, ResultSize: part.resultBytes, RedshiftQueryId: part.queryId },
  };
}
