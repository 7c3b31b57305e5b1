import { formatArn, partitionOf } from "../../core/arn.ts";
import type { Call } from "../../gateway/call.ts";
import type { Permission } from "../../gateway/service.ts";
import { runnerOf } from "./caller.ts";
import type { Owner } from "./document.ts";
import type { RedshiftDataState } from "./state.ts";
import type { Connection } from "./target.ts";

/**
 * Which ARNs a call touches:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonredshiftdataapi.html
 */
export function clusterResource(
  _state: RedshiftDataState,
  { ClusterIdentifier }: Connection,
  call: Call,
): readonly string[] {
  return [redshiftArn(call, `cluster:${ClusterIdentifier || "*"}`)];
}

export const noResource = (): readonly string[] => ["*"];

interface ConnectingInput extends Connection {
  readonly SessionId?: string | undefined;
  readonly ConnectedDatabase?: string | undefined;
}

/** The call itself, and to get the database user's credentials. In a session that was done when it began. */
export function connectingPermissions(
  state: RedshiftDataState,
  input: ConnectingInput,
  call: Call,
): readonly Permission[] {
  const action = `redshift-data:${call.operation}`;
  if (input.SessionId !== undefined) {
    const session = state.sessions.get(call, runnerOf(call.principal).identity, input.SessionId);
    const resources = clusterResource(state, { ClusterIdentifier: session?.cluster }, call);
    if (session === undefined) return [{ action, resources }];
    const context = { "redshift-data:session-owner-iam-userid": session.userId };
    return [{ action, resources, context }];
  }
  return [{ action, resources: clusterResource(state, input, call) }, credentials(input, call)];
}

function credentials(input: ConnectingInput, call: Call): Permission {
  const cluster = input.ClusterIdentifier || "*";
  const database = input.ConnectedDatabase || input.Database || "*";
  const name = redshiftArn(call, `dbname:${cluster}/${database}`);
  if (!input.DbUser) return { action: "redshift:GetClusterCredentialsWithIAM", resources: [name] };
  const user = redshiftArn(call, `dbuser:${cluster}/${input.DbUser.toLowerCase()}`);
  const context = { "redshift:DbUser": input.DbUser, "redshift:DbName": database };
  return { action: "redshift:GetClusterCredentials", resources: [user, name], context };
}

/** Policies compare the statement's owner with the caller: `${aws:userid}`. */
export function statementPermissions(
  state: RedshiftDataState,
  { Id }: { readonly Id: string },
  call: Call,
): readonly Permission[] {
  const [id = ""] = Id.split(":");
  const document = state.runner.get(id)?.document ?? state.statements.get(call, id);
  const context = document && { "redshift-data:statement-owner-iam-userid": document.userId };
  return [{ action: `redshift-data:${call.operation}`, resources: ["*"], ...(context && { context }) }];
}

/** Lists show nothing but the caller's own. */
export function ownListPermissions(
  _state: RedshiftDataState,
  _input: unknown,
  call: Call,
): readonly Permission[] {
  const kind = call.operation === "ListSessions" ? "session" : "statement";
  const context = { [`redshift-data:${kind}-owner-iam-userid`]: runnerOf(call.principal).userId };
  return [{ action: `redshift-data:${call.operation}`, resources: ["*"], context }];
}

function redshiftArn({ account, region }: Owner, resource: string): string {
  return formatArn({ partition: partitionOf(region), service: "redshift", region, account, resource });
}
