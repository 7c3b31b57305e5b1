import type { Call } from "../../gateway/call.ts";
import type { IamAccount } from "./account.ts";
import type { ProviderDocument } from "./document.ts";
import { invalidInput, noSuchEntity, quotaExceeded } from "./errors.ts";
import { limits } from "./limits.ts";
import type { IamState } from "./state.ts";

/**
 * The URL of a provider without its scheme, which is how ARNs and condition keys name it. Beside AWS's https,
 * plain http is taken from this machine, for providers in tests.
 */
export function providerKey(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const local = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(parsed?.hostname ?? "");
  if (parsed === undefined || !(parsed.protocol === "https:" || (parsed.protocol === "http:" && local)))
    throw invalidInput("Invalid Open ID Connect Provider URL: it must begin with https://.");
  if (parsed.search !== "" || parsed.hash !== "" || parsed.username !== "")
    throw invalidInput("Invalid Open ID Connect Provider URL: it has more than a host and a path.");
  return url.replace(/^https?:\/\//, "").replace(/\/$/, "");
}

export function findProvider(account: IamAccount, arn: string): [key: string, provider: ProviderDocument] {
  const key = /^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\/(.+)$/.exec(arn)?.[1];
  if (key === undefined) throw invalidInput(`Invalid ARN: ${arn}`);
  const provider = arn.includes(`::${account.id}:`) ? account.providers.get(key) : undefined;
  if (provider === undefined) throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`);
  return [key, provider];
}

export function changeProvider(
  state: IamState,
  call: Call,
  arn: string,
  change: (provider: ProviderDocument) => ProviderDocument,
): Promise<void> {
  return state.change(call.account, (account, draft) => {
    const [key, provider] = findProvider(account, arn);
    draft.put("providers", key, change(provider));
  });
}

export function checkClientIds(ids: readonly string[]): readonly string[] {
  if (ids.length > limits.clientIdsPerProvider)
    throw quotaExceeded("ClientIdsPerOpenIdConnectProvider", limits.clientIdsPerProvider);
  return ids;
}

/** They are kept and shown; connections are trusted by their certificates' authorities. */
export function checkThumbprints(thumbprints: readonly string[]): readonly string[] {
  if (thumbprints.length > limits.thumbprintsPerProvider)
    throw invalidInput("Thumbprint list must contain fewer than 5 entries.");
  return thumbprints;
}
