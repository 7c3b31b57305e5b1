import type { Call } from "../../gateway/call.ts";
import { type IamAccount, keyOf } from "./account.ts";
import type { ProfileDocument } from "./document.ts";
import { noSuchEntity } from "./errors.ts";
import type { IamState } from "./state.ts";

export function findProfile(account: IamAccount, name: string): ProfileDocument {
  const found = account.profiles.get(keyOf(name));
  if (found === undefined) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
  return found;
}

export function changeProfile(
  state: IamState,
  call: Call,
  name: string,
  change: (profile: ProfileDocument, account: IamAccount) => ProfileDocument,
): Promise<void> {
  return state.change(call.account, (account, draft) => {
    draft.put("profiles", keyOf(name), change(findProfile(account, name), account));
  });
}
