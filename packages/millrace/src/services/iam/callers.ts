import type { Call } from "../../gateway/call.ts";
import type { IamAccount } from "./account.ts";
import type { UserDocument } from "./document.ts";
import { notImplemented, validation } from "./errors.ts";
import { findHolder } from "./holders.ts";

/** The user that an input names, or the caller when it names none. */
export function namedOrCaller(account: IamAccount, name: string | undefined, call: Call): UserDocument {
  if (name !== undefined) return findHolder(account, { kind: "user", name });
  if (call.principal.kind === "root") throw notImplemented(`iam:${call.operation} for the account's root`);
  const caller = callingUser(account, call);
  if (caller === undefined) throw validation("Must specify userName when calling with non-User credentials");
  return caller;
}

function callingUser(account: IamAccount, { principal }: Call): UserDocument | undefined {
  if (principal.kind !== "user") return undefined;
  const name = principal.arn.slice(principal.arn.lastIndexOf("/") + 1);
  return account.users.get(name.toLowerCase());
}
