import { keyOf } from "./account.ts";
import { parseIamArn } from "./arn.ts";
import type { RoleDocument } from "./document.ts";
import type { IamState } from "./state.ts";

/** The role that an ARN names, of whichever account. */
export function roleByArn(state: IamState, arn: string): RoleDocument | undefined {
  const parsed = parseIamArn(arn);
  if (parsed?.kind !== "role") return undefined;
  const role = state.account(parsed.account).roles.get(keyOf(parsed.name));
  return role?.path === parsed.path ? role : undefined;
}

/** A role's trust policy, which decides who may assume it. */
export function trustPolicies(state: IamState, arn: string): readonly string[] {
  const role = roleByArn(state, arn);
  return role === undefined ? [] : [role.trust];
}
