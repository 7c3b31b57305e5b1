import type { AttachedPolicy } from "@aws-sdk/client-iam";
import { ServiceError } from "../../core/errors.ts";
import type { Call } from "../../gateway/call.ts";
import { keyOf } from "./account.ts";
import { noSuchEntity, quotaExceeded } from "./errors.ts";
import { changeHolder, findHolder, type HolderName } from "./holders.ts";
import { limits } from "./limits.ts";
import { below, pageOf } from "./paging.ts";
import { attachable, knownPolicy } from "./policies.ts";
import type { IamState } from "./state.ts";

const quotaNames = {
  user: "PoliciesPerUser",
  group: "PoliciesPerGroup",
  role: "PoliciesPerRole",
} as const;

/** Attaching twice is no error. */
export function attachPolicy(state: IamState, call: Call, holder: HolderName, arn: string): Promise<void> {
  return changeHolder(state, call, holder, (found, account) => {
    const policy = attachable(state, account, arn);
    if (policy.document.path.startsWith("/aws-service-role/"))
      throw new ServiceError(
        "PolicyNotAttachableException",
        "Cannot attach a Service Role Policy to a Customer Role.",
      );
    if (found.attached.includes(policy.arn)) return found;
    if (found.attached.length >= limits.attachedPoliciesPerEntity)
      throw quotaExceeded(quotaNames[holder.kind], limits.attachedPoliciesPerEntity);
    return { ...found, attached: [...found.attached, policy.arn] };
  });
}

export function detachPolicy(state: IamState, call: Call, holder: HolderName, arn: string): Promise<void> {
  return changeHolder(state, call, holder, (found) => {
    if (!found.attached.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
    return { ...found, attached: found.attached.filter((other) => other !== arn) };
  });
}

/** The policies attached to a user, group or role, by name. */
export function attachedPolicies(
  state: IamState,
  account: string,
  attached: readonly string[],
): (AttachedPolicy & { PolicyName: string; path: string })[] {
  return attached.flatMap((PolicyArn) => {
    const known = knownPolicy(state, state.account(account), PolicyArn);
    return known === undefined
      ? []
      : [{ PolicyName: known.document.name, PolicyArn, path: known.document.path }];
  });
}

export function listAttachedPolicies(
  state: IamState,
  call: Call,
  holder: HolderName,
  input: {
    readonly Marker?: string | undefined;
    readonly MaxItems?: number | undefined;
    readonly PathPrefix?: string | undefined;
  },
): { AttachedPolicies: AttachedPolicy[]; IsTruncated: boolean; Marker?: string } {
  const { attached } = findHolder(state.account(call.account), holder);
  const all = attachedPolicies(state, call.account, attached).filter(below(input.PathPrefix));
  const { items, rest } = pageOf(state, call, input, all, ({ PolicyName }) => keyOf(PolicyName));
  return { AttachedPolicies: items.map(({ path: _path, ...policy }) => policy), ...rest };
}
