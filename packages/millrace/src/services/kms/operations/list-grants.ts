import type { ListGrantsRequest, ListGrantsResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidGrantId } from "../errors.ts";
import { grantEntry } from "../grant-entry.ts";
import { findKeyWithoutAlias } from "../key-lookup.ts";
import { pageOf } from "../page.ts";
import type { KmsState } from "../state.ts";

export function listGrants(state: KmsState, input: Input<ListGrantsRequest>, call: Call): ListGrantsResponse {
  const { GrantId, GranteePrincipal, GranteeServicePrincipal } = input;
  const key = findKeyWithoutAlias(state, input.KeyId, call);
  if (GrantId !== undefined && state.grants.get(key, GrantId) === undefined)
    throw invalidGrantId(`Grant ${GrantId} is not found.`);
  const grants = state.grants
    .of(key)
    .map(({ document }) => document)
    .filter(
      (grant) =>
        (GrantId === undefined || grant.id === GrantId) &&
        (GranteePrincipal === undefined || grant.grantee === GranteePrincipal) &&
        (GranteeServicePrincipal === undefined || grant.granteeService === GranteeServicePrincipal),
    );
  const { items, paging } = pageOf(state, call, grants, ({ id }) => id, input, {
    defaultLimit: 50,
    filters: { KeyId: key.arn, GrantId, GranteePrincipal, GranteeServicePrincipal },
  });
  return { Grants: items.map(grantEntry), ...paging };
}
