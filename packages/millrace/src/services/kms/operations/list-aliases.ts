import type { AliasListEntry, ListAliasesRequest, ListAliasesResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { AliasDocument } from "../document.ts";
import { aliasArn } from "../key-arn.ts";
import { findOwnKey } from "../key-lookup.ts";
import { pageOf } from "../page.ts";
import type { KmsState } from "../state.ts";

export function listAliases(
  state: KmsState,
  input: Input<ListAliasesRequest>,
  call: Call,
): ListAliasesResponse {
  const { KeyId } = input;
  const aliases =
    KeyId === undefined
      ? state.aliases.list(call).filter(({ keyId }) => state.keys.get(call, keyId) !== undefined)
      : state.aliases.of(findOwnKey(state, KeyId, call));
  const { items, paging } = pageOf(state, call, aliases, ({ name }) => name, input, {
    defaultLimit: 50,
    filters: { KeyId },
  });
  return { Aliases: items.map(entryOf), ...paging };
}

function entryOf(alias: AliasDocument): AliasListEntry {
  return {
    AliasName: alias.name,
    AliasArn: aliasArn(alias, alias.name),
    TargetKeyId: alias.keyId,
    CreationDate: new Date(alias.createdMs),
    LastUpdatedDate: new Date(alias.updatedMs),
  };
}
