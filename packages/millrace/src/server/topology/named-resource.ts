import { parseArn } from "../../core/arn.ts";
import type { AdminCaller } from "../admin/gate.ts";

export interface NamedPlace {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** What a caller means by a name, or by an ARN in its own account; undefined when it may mean nothing of the kind. */
export function nameOrArn(
  text: string,
  caller: AdminCaller,
  { service, type }: { readonly service: string; readonly type: string },
): NamedPlace | undefined {
  const { account, region } = caller;
  if (!text.startsWith("arn:")) return { account, region, name: text };
  const arn = parseArn(text);
  if (arn?.service !== service || !arn.resource.startsWith(`${type}/`)) return undefined;
  if (arn.account !== account && !caller.seesAllAccounts) return undefined;
  return { account: arn.account, region: arn.region, name: arn.resource.slice(type.length + 1) };
}

/** Whose things a caller may see; undefined for everybody's. */
export function ownAccount({ account, seesAllAccounts }: AdminCaller): string | undefined {
  return seesAllAccounts ? undefined : account;
}
