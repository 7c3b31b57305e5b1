import type { Call } from "../../gateway/call.ts";
import { type IamAccount, keyOf } from "./account.ts";
import type { GroupDocument, RoleDocument, UserDocument } from "./document.ts";
import type { Draft } from "./draft.ts";
import { noSuchEntity, unmodifiable } from "./errors.ts";
import type { IamState } from "./state.ts";

/** What policies can hang on. */
interface Holders {
  readonly user: UserDocument;
  readonly group: GroupDocument;
  readonly role: RoleDocument;
}

export type HolderKind = keyof Holders;

/** A user, group or role as an input names it. */
export interface HolderName<Kind extends HolderKind = HolderKind> {
  readonly kind: Kind;
  readonly name: string;
}

const tables = { user: "users", group: "groups", role: "roles" } as const;

export function findHolder<Kind extends HolderKind>(
  account: IamAccount,
  { kind, name }: HolderName<Kind>,
): Holders[Kind] {
  const table = account[tables[kind]] as unknown as ReadonlyMap<string, Holders[Kind]>;
  const found = table.get(keyOf(name));
  if (found === undefined) throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
  return found;
}

/** The same, for a change: service-linked roles belong to their service. */
export function findChangeable<Kind extends HolderKind>(
  account: IamAccount,
  name: HolderName<Kind>,
): Holders[Kind] {
  const found = findHolder(account, name);
  if ("linkedService" in found) throw unmodifiable(found.name);
  return found;
}

function putHolder<Kind extends HolderKind>(draft: Draft, kind: Kind, holder: Holders[Kind]): void {
  draft.put(tables[kind], keyOf(holder.name), holder as UserDocument & RoleDocument);
}

/** Replaces a user, group or role by what `change` makes of it. */
export function changeHolder<Kind extends HolderKind>(
  state: IamState,
  call: Call,
  name: HolderName<Kind>,
  change: (holder: Holders[Kind], account: IamAccount) => Holders[Kind],
): Promise<void> {
  return state.change(call.account, (account, draft) => {
    const holder = findChangeable(account, name);
    const changed = change(holder, account);
    if (changed !== holder) putHolder(draft, name.kind, changed);
  });
}
