import type { ListGrantsResponse, ListRetirableGrantsRequest } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import { grantEntry } from "../grant-entry.ts";
import { pageOf } from "../page.ts";
import type { KmsState } from "../state.ts";

/** Grants in the caller's account and region, whoever owns their keys there. */
export function listRetirableGrants(
  state: KmsState,
  input: Input<ListRetirableGrantsRequest>,
  call: Call,
): ListGrantsResponse {
  const { RetiringPrincipal, RetiringServicePrincipal } = input;
  if ((RetiringPrincipal === undefined) === (RetiringServicePrincipal === undefined))
    throw validation("You must specify either RetiringPrincipal or RetiringServicePrincipal, but not both.");
  const grants = [...state.grants.all()]
    .map(({ document }) => document)
    .filter(
      (grant) =>
        grant.account === call.account &&
        grant.region === call.region &&
        (RetiringPrincipal === undefined
          ? grant.retiringService === RetiringServicePrincipal
          : grant.retiring === RetiringPrincipal),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const { items, paging } = pageOf(state, call, grants, ({ id }) => id, input, {
    defaultLimit: 50,
    filters: { RetiringPrincipal, RetiringServicePrincipal },
  });
  return { Grants: items.map(grantEntry), ...paging };
}
