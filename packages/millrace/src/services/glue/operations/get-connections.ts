import type {
  Connection,
  GetConnectionsFilter,
  GetConnectionsRequest,
  GetConnectionsResponse,
} from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { ownerOf } from "../catalog-arns.ts";
import { type ConnectionDocument, connectionOf } from "../connections/connection-document.ts";
import { limits } from "../limits.ts";
import { pageOfNames } from "../name-page.ts";
import type { GlueState } from "../state.ts";

export async function getConnections(
  state: GlueState,
  input: Input<GetConnectionsRequest>,
  call: Call,
): Promise<GetConnectionsResponse> {
  const owner = ownerOf(input, call);
  const found = state.connections.table.list(owner).filter((document) => passes(document, input.Filter));
  const { items, NextToken } = pageOfNames(found, ({ name }) => name, input, {
    tokens: state.tokens,
    call,
    filters: { owner: owner.account, filter: JSON.stringify(input.Filter ?? {}) },
    defaultSize: limits.connectionsPerPage,
  });
  const ConnectionList: Connection[] = [];
  for (const document of items) {
    const properties = await state.connections.visible(document, input.HidePassword ?? false, call);
    ConnectionList.push(connectionOf(document, properties));
  }
  return { ConnectionList, NextToken };
}

/** A connection has all of the criteria that are asked for, and the type. */
function passes(document: ConnectionDocument, filter: Input<GetConnectionsFilter> | undefined): boolean {
  const {
    ConnectionType: type,
    ConnectionSchemaVersion: version,
    MatchCriteria: criteria = [],
  } = filter ?? {};
  if (type !== undefined && type !== document.type) return false;
  if (version !== undefined && version !== 1) return false;
  return criteria.every((criterion) => document.matchCriteria?.includes(criterion) === true);
}
