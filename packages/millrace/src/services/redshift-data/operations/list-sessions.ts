import type { ListSessionsRequest, ListSessionsResponse, SessionData } from "@aws-sdk/client-redshift-data";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { runnerOf } from "../caller.ts";
import type { SessionDocument } from "../document.ts";
import { invalid, notImplemented, sessionNotFound } from "../errors.ts";
import { limits } from "../limits.ts";
import { pageOf } from "../paging.ts";
import type { SessionFilter } from "../session-table.ts";
import type { RedshiftDataState } from "../state.ts";

/** The newest first: those of the caller's role that are open, unless told otherwise. */
export async function listSessions(
  state: RedshiftDataState,
  input: Input<ListSessionsRequest>,
  call: Call,
): Promise<ListSessionsResponse> {
  const { Status, RoleLevel = true, Database, ClusterIdentifier, SessionId } = input;
  if (input.WorkgroupName) throw notImplemented("WorkgroupName (Redshift Serverless)");
  const { identity, userId } = runnerOf(call.principal);
  if (SessionId !== undefined) {
    if (Status !== undefined || ClusterIdentifier !== undefined || Database !== undefined)
      throw invalid("Status, ClusterIdentifier and Database can't be specified together with SessionId.");
    const session = state.sessions.get(call, identity, SessionId);
    if (session === undefined) throw sessionNotFound(SessionId);
    return { Sessions: [sessionData(state, session)] };
  }
  const own = { identity, userId: RoleLevel ? undefined : userId };
  const filter: SessionFilter = {
    ...{ account: call.account, region: call.region, ...own },
    ...{ closed: Status === "CLOSED", cluster: ClusterIdentifier, database: Database },
  };
  const filters = { ...own, Status, Database, ClusterIdentifier };
  const options = { filters, defaultCount: limits.defaultListedStatements, placeOf };
  const { items, nextToken } = await pageOf(state, call, input, options, (after, count) => {
    const before = after === undefined ? undefined : Number(after);
    if (Status === undefined || Status === "CLOSED") return state.sessions.list(filter, before, count);
    const open = state.sessions.list(filter, before, maxOpen);
    return open.filter(({ document }) => statusOf(state, document) === Status).slice(0, count);
  });
  return { Sessions: items.map(({ document }) => sessionData(state, document)), NextToken: nextToken };
}

const maxOpen = 100 * limits.activeSessions;

const placeOf = ({ seq }: { readonly seq: number }): string => String(seq);

function statusOf(
  state: RedshiftDataState,
  { id, closed }: SessionDocument,
): "AVAILABLE" | "BUSY" | "CLOSED" {
  if (closed) return "CLOSED";
  return state.sessions.current(id) === undefined ? "AVAILABLE" : "BUSY";
}

function sessionData(state: RedshiftDataState, document: SessionDocument): SessionData {
  const { id, createdAtMs, updatedAtMs, expiresAtMs, database, dbUser, cluster } = document;
  return {
    ...{ SessionId: id, Status: statusOf(state, document), CreatedAt: new Date(createdAtMs) },
    ...{ UpdatedAt: new Date(updatedAtMs), Database: database, DbUser: dbUser, ClusterIdentifier: cluster },
    ...{ SessionAliveSeconds: document.keepAliveSeconds, SessionTtl: new Date(expiresAtMs) },
    CurrentStatementId: state.sessions.current(id),
  };
}
