import type { LoginProfile } from "@aws-sdk/client-iam";
import type { Call } from "../../gateway/call.ts";
import type { IamAccount } from "./account.ts";
import type { LoginDocument, UserDocument } from "./document.ts";
import { noSuchEntity, passwordPolicyViolation, temporarilyUnmodifiable, validation } from "./errors.ts";
import { findHolder } from "./holders.ts";
import { limits } from "./limits.ts";
import { checkPassword } from "./password-policy.ts";
import { isPassword, keepPassword } from "./passwords.ts";
import type { IamState } from "./state.ts";

const noLoginProfile = (user: string): Error =>
  noSuchEntity(`Login Profile for User ${user} cannot be found.`);

/** The user that a call about a login profile names, or who calls. */
export function loginUser(
  account: IamAccount,
  { UserName }: { readonly UserName?: string | undefined },
  { principal }: Call,
): UserDocument {
  if (UserName !== undefined) return findHolder(account, { kind: "user", name: UserName });
  if (principal.kind !== "user")
    throw validation("Must specify userName when calling with non-User credentials");
  return findHolder(account, {
    kind: "user",
    name: principal.arn.slice(principal.arn.lastIndexOf("/") + 1),
  });
}

export function findLogin(account: IamAccount, user: UserDocument): LoginDocument {
  const login = account.logins.get(user.id);
  if (login === undefined) throw noLoginProfile(user.name);
  return login;
}

export function describeLogin(user: UserDocument, login: LoginDocument): LoginProfile {
  return {
    UserName: user.name,
    CreateDate: new Date(login.createdMs),
    PasswordResetRequired: login.resetRequired,
  };
}

/** Whether this is the user's password. It takes as long when there is no such login. */
export function matches(
  state: IamState,
  account: string,
  login: LoginDocument | undefined,
  password: string,
): Promise<boolean> {
  return isPassword(state.master, purpose(account, login?.userId ?? ""), login?.password, password);
}

/** A login with another password. @throws PasswordPolicyViolationException */
export async function withPassword(
  state: IamState,
  account: IamAccount,
  login: Omit<LoginDocument, "password" | "changedMs">,
  password: string,
): Promise<LoginDocument> {
  const policy = account.accounts.get(account.id)?.passwordPolicy;
  checkPassword(password, policy);
  const of = purpose(account.id, login.userId);
  for (const earlier of login.earlier.slice(0, policy?.reusePrevention ?? 0))
    if (await isPassword(state.master, of, earlier, password))
      throw passwordPolicyViolation(
        "Password has been used before, which the password policy does not allow",
      );
  const kept = await keepPassword(state.master, of, password);
  const earlier = [kept, ...login.earlier].slice(0, limits.earlierPasswords);
  return { ...login, password: kept, earlier, changedMs: state.clock.now() };
}

/**
 * Puts a login that was made from `before`, which somebody else may have changed meanwhile: making one takes
 * a while. @throws EntityTemporarilyUnmodifiableException
 */
export async function putLogin(
  state: IamState,
  accountId: string,
  before: LoginDocument | undefined,
  login: LoginDocument,
): Promise<void> {
  await state.change(accountId, (account, draft) => {
    const isUserThere = [...account.users.values()].some(({ id }) => id === login.userId);
    if (!isUserThere || account.logins.get(login.userId) !== before)
      throw temporarilyUnmodifiable("The login profile was changed at the same time. Try again.");
    draft.put("logins", login.userId, login);
  });
}

/** A password belongs to its user and account: moved to another one it does not open. */
function purpose(account: string, userId: string): string {
  return `password:${account}:${userId}`;
}
