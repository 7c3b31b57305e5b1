import type { GetUserRequest, GetUserResponse, User } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { IamAccount } from "../account.ts";
import { rootArn } from "../arn.ts";
import { namedOrCaller } from "../callers.ts";
import { describeUserFully } from "../describe.ts";
import type { IamState } from "../state.ts";

export function getUser(state: IamState, input: Input<GetUserRequest>, call: Call): GetUserResponse {
  const account = state.account(call.account);
  if (input.UserName === undefined && call.principal.kind === "root") return { User: rootUser(account) };
  return { User: describeUserFully(account.id, namedOrCaller(account, input.UserName, call)) };
}

/** AWS shows the root as a user that has the account's number for an id, and its alias for a name. */
function rootUser(account: IamAccount): User {
  return {
    Path: "/",
    UserName: account.accounts.get(account.id)?.alias ?? "root",
    UserId: account.id,
    Arn: rootArn(account.id),
    CreateDate: new Date(0),
  };
}
