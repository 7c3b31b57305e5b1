import type { TokenProvider } from "./dependencies.ts";
import { invalidToken, tokenExpired } from "./errors.ts";
import type { StsState } from "./state.ts";
import { isSignedBy, readToken, type WebToken } from "./web-token.ts";

/** Clocks of providers may be ahead by this much. */
const skewSeconds = 300;

export interface WebIdentity {
  readonly token: WebToken;
  readonly provider: TokenProvider;
  /** What condition keys begin with: the provider's URL without its scheme. */
  readonly prefix: string;
  /** The client that the token was issued for. */
  readonly audiences: readonly string[];
}

/** Who holds a token, proven by a provider that the account trusts. @throws InvalidIdentityToken and others. */
export async function proveIdentity(state: StsState, account: string, text: string): Promise<WebIdentity> {
  const token = readToken(text);
  const prefix = token.issuer.replace(/^https?:\/\//, "").replace(/\/$/, "");
  const provider = state.identities.provider(account, prefix);
  if (provider === undefined || provider.url.replace(/\/$/, "") !== token.issuer.replace(/\/$/, ""))
    throw invalidToken(`No OpenIDConnect provider found in your account for ${token.issuer}`);
  checkTimes(token, Math.floor(state.clock.now() / 1000));
  const audiences = token.authorizedParty === undefined ? token.audiences : [token.authorizedParty];
  if (!audiences.some((audience) => provider.clientIds.includes(audience)))
    throw invalidToken("Incorrect token audience");
  const keys = await state.keySets.keys(provider.url, token.keyId);
  if (!isSignedBy(token, keys))
    throw invalidToken("Couldn't verify the token's signature with the keys of your identity provider.");
  return { token, provider, prefix, audiences };
}

function checkTimes(
  { issuedAtSeconds, expirySeconds, notBeforeSeconds }: WebToken,
  nowSeconds: number,
): void {
  if (nowSeconds >= expirySeconds) throw tokenExpired(nowSeconds, expirySeconds);
  if (Math.max(issuedAtSeconds, notBeforeSeconds ?? 0) > nowSeconds + skewSeconds)
    throw invalidToken("The token is not valid yet: it was issued in the future.");
}
