import { beforeAll, describe, expect, it } from "vitest";
import { account, issuer, refusal, TestSts, TokenSigner } from "../test-sts.ts";

let rsa: TokenSigner;
let stranger: TokenSigner;
beforeAll(() => {
  rsa = new TokenSigner("rsa");
  stranger = new TokenSigner("rsa");
});

const action = "sts:AssumeRoleWithWebIdentity";
function trust(Federated: string, Condition: object = {}): string {
  const statement = { Effect: "Allow", Principal: { Federated }, Action: action, Condition };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

/** An STS with a provider that publishes the keys of these signers, and a role that trusts it. */
function start(...signers: TokenSigner[]): {
  sts: TestSts;
  RoleArn: string;
  claims: Record<string, unknown>;
} {
  const sts = new TestSts();
  const provider = sts.provider(...signers.map(({ publicKey }) => publicKey));
  const RoleArn = sts.role("web", { trust: trust(provider) });
  const nowSeconds = sts.clock.now() / 1000;
  return {
    sts,
    RoleArn,
    claims: { iss: issuer, sub: "me", aud: "app", iat: nowSeconds, exp: nowSeconds + 60 },
  };
}

type Started = ReturnType<typeof start>;
const assume = ({ sts, RoleArn }: Started, WebIdentityToken: string, more: object = {}): Promise<unknown> =>
  sts.run("AssumeRoleWithWebIdentity", { RoleArn, RoleSessionName: "ci", WebIdentityToken, ...more });

describe("AssumeRoleWithWebIdentity", () => {
  it("issues a session to whom a trusted provider vouches for", async () => {
    const started = start(rsa);
    expect(await assume(started, rsa.token(started.claims))).toMatchObject({
      Credentials: { AccessKeyId: "ASIA1" },
      SubjectFromWebIdentityToken: "me",
      AssumedRoleUser: { Arn: `arn:aws:sts::${account}:assumed-role/web/ci` },
      Provider: issuer,
      Audience: "app",
    });
    expect(started.sts.issued[0]?.principal.session.federatedBy).toBe(
      `arn:aws:iam::${account}:oidc-provider/id.example.com`,
    );
  });

  it.each(["ES256", "ES384"] as const)("takes signatures by %s", async (algorithm) => {
    const signer = new TokenSigner("ec", algorithm);
    const started = start(rsa, signer);
    await assume(started, signer.token(started.claims));
    expect(started.sts.issued).toHaveLength(1);
  });

  it("lets the trust policy decide on subject and audience", async () => {
    const started = start(rsa);
    const key = "id.example.com";
    const trusted = trust(`arn:aws:iam::${account}:oidc-provider/${key}`, {
      StringEquals: { [`${key}:sub`]: "me", [`${key}:aud`]: "app" },
    });
    started.sts.role("web", { trust: trusted });
    await assume(started, rsa.token(started.claims));
    expect(await refusal(assume(started, rsa.token({ ...started.claims, sub: "you" })))).toBe(
      `AccessDenied: Not authorized to perform ${action}`,
    );
    started.sts.role("web", { trust: trust(`arn:aws:iam::${account}:oidc-provider/other`) });
    expect(await refusal(assume(started, rsa.token(started.claims)))).toMatch(/^AccessDenied/);
    const missing = { RoleArn: `${started.RoleArn}x` };
    expect(await refusal(assume(started, rsa.token(started.claims), missing))).toMatch(/^AccessDenied/);
  });

  it("takes the authorized party for the audience where a token names one", async () => {
    const started = start(rsa);
    const token = rsa.token({ ...started.claims, aud: "elsewhere", azp: "app" });
    expect(await assume(started, token)).toMatchObject({ Audience: "app" });
    const wrong = rsa.token({ ...started.claims, azp: "elsewhere" });
    expect(await refusal(assume(started, wrong))).toBe(
      "InvalidIdentityTokenException: Incorrect token audience",
    );
  });

  it("refuses forged tokens", async () => {
    const started = start(rsa);
    const good = rsa.token(started.claims);
    const [header = "", , signature = ""] = good.split(".");
    const claims = Buffer.from(JSON.stringify({ ...started.claims, sub: "admin" })).toString("base64url");
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    const hmac = Buffer.from('{"alg":"HS256","kid":"rsa"}').toString("base64url");
    const forged = [
      stranger.token(started.claims),
      `${header}.${claims}.${signature}`,
      `${none}.${claims}.`,
      `${hmac}.${claims}.${signature}`,
      `${header}.${claims}.`,
      rsa.token(started.claims, { alg: "ES256" }),
      rsa.token(started.claims, { kid: "unknown" }),
      "a.b.c",
      "not a token",
      "..",
    ];
    for (const token of forged)
      expect(await refusal(assume(started, token))).toMatch(/^InvalidIdentityTokenException: ./);
    expect(started.sts.issued).toHaveLength(0);
  });

  it.each(["iss", "sub", "aud", "exp", "iat"])("refuses a token without %s", async (claim) => {
    const started = start(rsa);
    const { [claim]: _left, ...claims } = started.claims;
    expect(await refusal(assume(started, rsa.token(claims)))).toBe(
      `InvalidIdentityTokenException: Missing a required claim: ${claim}`,
    );
  });

  it("refuses tokens of other times and of providers that the account does not know", async () => {
    const started = start(rsa);
    const nowSeconds = started.sts.clock.now() / 1000;
    const refused = (change: object): Promise<string> =>
      refusal(assume(started, rsa.token({ ...started.claims, ...change })));
    expect(await refused({ exp: nowSeconds })).toBe(
      `ExpiredTokenException: Token expired: current date/time ${nowSeconds} must be before the expiration ` +
        `date/time ${nowSeconds}`,
    );
    expect(await refused({ iat: nowSeconds + 301 })).toMatch(/^InvalidIdentityToken/);
    expect(await refused({ nbf: nowSeconds + 301 })).toMatch(/^InvalidIdentityToken/);
    expect(await refused({ iss: "https://evil.example.com" })).toBe(
      "InvalidIdentityTokenException: No OpenIDConnect provider found in your account for https://evil.example.com",
    );
    expect(await refused({ iss: "http://id.example.com" })).toMatch(/No OpenIDConnect provider/);
  });

  it("asks for keys once, again for a new key, and says when the provider does not answer", async () => {
    const started = start(rsa);
    const { sts, claims } = started;
    await assume(started, rsa.token(claims));
    await assume(started, rsa.token(claims));
    expect(sts.fetched).toHaveLength(2);
    const rotated = new TokenSigner("new");
    sts.provider(rotated.publicKey);
    expect(await refusal(assume(started, rotated.token(claims)))).toMatch(/^InvalidIdentityToken/);
    sts.clock.advance(10_000);
    await assume(started, rotated.token(claims));
    expect(sts.fetched).toHaveLength(4);
    sts.clock.advance(5 * 60_000);
    sts.documents.clear();
    const late = { ...claims, exp: sts.clock.now() / 1000 + 60 };
    expect(await refusal(assume(started, rotated.token(late)))).toMatch(/^IDPCommunicationErrorException/);
  });

  it.each([
    ["another issuer", { issuer: "https://evil.example.com", jwks_uri: `${issuer}/keys` }],
    ["no keys", { issuer }],
    ["nothing", null],
  ])("refuses a configuration that names %s", async (_, configuration) => {
    const started = start(rsa);
    started.sts.documents.set(`${issuer}/.well-known/openid-configuration`, configuration);
    expect(await refusal(assume(started, rsa.token(started.claims)))).toMatch(/^(InvalidIdentity|IDPComm)/);
  });

  it("refuses what it does not have, and ARNs that are none", async () => {
    const started = start(rsa);
    const token = rsa.token(started.claims);
    expect(await refusal(assume(started, token, { ProviderId: "graph.facebook.com" }))).toMatch(
      /^NotImplemented/,
    );
    expect(await refusal(assume(started, token, { RoleArn: "twenty letters or more" }))).toMatch(
      /^Validation/,
    );
    expect(await refusal(assume(started, token, { DurationSeconds: 43_200 }))).toMatch(/^ValidationError/);
  });
});
