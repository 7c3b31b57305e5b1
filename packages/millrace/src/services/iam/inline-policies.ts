import type { Call } from "../../gateway/call.ts";
import { limitExceeded, noSuchEntity } from "./errors.ts";
import { changeHolder, findHolder, type HolderKind, type HolderName } from "./holders.ts";
import { limits } from "./limits.ts";
import { pageOf } from "./paging.ts";
import { checkPolicy, countedCharacters, encodePolicy } from "./policy-text.ts";
import type { IamState } from "./state.ts";

const quotas: Readonly<Record<HolderKind, number>> = {
  user: limits.inlineUserCharacters,
  group: limits.inlineGroupCharacters,
  role: limits.inlineRoleCharacters,
};

export function putInlinePolicy(
  state: IamState,
  call: Call,
  holder: HolderName,
  {
    PolicyName: name,
    PolicyDocument: text,
  }: { readonly PolicyName: string; readonly PolicyDocument: string },
): Promise<void> {
  checkPolicy(text, "identity");
  return changeHolder(state, call, holder, (found) => {
    const inline = { ...found.inline, [name]: text };
    const characters = Object.values(inline).reduce((sum, one) => sum + countedCharacters(one), 0);
    const quota = quotas[holder.kind];
    if (characters > quota)
      throw limitExceeded(`Maximum policy size of ${quota} bytes exceeded for ${holder.kind} ${holder.name}`);
    return { ...found, inline };
  });
}

/** An inline policy as answers carry it. */
export function readInlinePolicy(
  state: IamState,
  call: Call,
  holder: HolderName,
  name: string,
): { readonly PolicyName: string; readonly PolicyDocument: string } {
  const { inline } = findHolder(state.account(call.account), holder);
  const text = Object.hasOwn(inline, name) ? inline[name] : undefined;
  if (text === undefined) throw noInlinePolicy(holder, name);
  return { PolicyName: name, PolicyDocument: encodePolicy(text) };
}

export function deleteInlinePolicy(
  state: IamState,
  call: Call,
  holder: HolderName,
  name: string,
): Promise<void> {
  return changeHolder(state, call, holder, (found) => {
    if (!Object.hasOwn(found.inline, name)) throw noInlinePolicy(holder, name);
    const { [name]: _gone, ...inline } = found.inline;
    return { ...found, inline };
  });
}

export function listInlinePolicies(
  state: IamState,
  call: Call,
  holder: HolderName,
  input: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
): { PolicyNames: string[]; IsTruncated: boolean; Marker?: string } {
  const { inline } = findHolder(state.account(call.account), holder);
  const { items, rest } = pageOf(state, call, input, Object.keys(inline), (name) => name);
  return { PolicyNames: [...items], ...rest };
}

const noInlinePolicy = ({ kind }: HolderName, name: string): Error =>
  noSuchEntity(`The ${kind} policy with name ${name} cannot be found.`);
