import type { Principal } from "../../gateway/call.ts";
import { type IamAccount, keyOf } from "./account.ts";
import { iamArn } from "./arn.ts";
import type { LoginDocument, UserDocument } from "./document.ts";
import { matches, putLogin, withPassword } from "./login.ts";
import type { IamState } from "./state.ts";

export interface SignIn {
  /** 12 digits, or an alias. */
  readonly account: string;
  readonly user: string;
  readonly password: string;
  /** Sets another password, when the old one is right: for who has to. */
  readonly newPassword: string | undefined;
}

/** `due`: the password is right, but another one has to be set first; `over`: an administrator has to do it. */
export type SignInOutcome =
  | { readonly kind: "signedIn"; readonly owner: Omit<Principal, "accessKeyId">; readonly user: string }
  | { readonly kind: "wrong" | "due" | "over" };

const dayMs = 86_400_000;

/**
 * Decides about a user's name and password. Whatever is wrong with them, it takes as long and says the same.
 * @throws ServiceError when the new password is not one that the account allows
 */
export async function signIn(state: IamState, asked: SignIn): Promise<SignInOutcome> {
  const account = state.account(state.ownerOfAlias(asked.account) ?? asked.account);
  const user = account.users.get(keyOf(asked.user));
  const login = user && account.logins.get(user.id);
  const isRight = await matches(state, account.id, login, asked.password);
  if (!isRight || user === undefined || login === undefined) return { kind: "wrong" };
  const due = dueOf(state, account, login);
  if (due === "over") return { kind: "over" };
  if (asked.newPassword !== undefined) {
    const changed = { ...login, resetRequired: false };
    await putLogin(state, account.id, login, await withPassword(state, account, changed, asked.newPassword));
  } else if (due !== undefined) return { kind: due };
  return { kind: "signedIn", user: user.name, owner: ownerOf(account, user) };
}

function dueOf(state: IamState, account: IamAccount, login: LoginDocument): "due" | "over" | undefined {
  const policy = account.accounts.get(account.id)?.passwordPolicy;
  const ageMs = state.clock.now() - login.changedMs;
  const isExpired = policy?.maxAgeDays !== undefined && ageMs >= policy.maxAgeDays * dayMs;
  if (isExpired && policy.hardExpiry === true) return "over";
  return isExpired || login.resetRequired ? "due" : undefined;
}

function ownerOf(account: IamAccount, user: UserDocument): Omit<Principal, "accessKeyId"> {
  return { arn: iamArn(account.id, "user", user), account: account.id, kind: "user", userId: user.id };
}
