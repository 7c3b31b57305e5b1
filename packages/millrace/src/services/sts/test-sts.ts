import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { STS } from "@aws-sdk/client-sts";
import type { IssuedSession, SessionPrincipal } from "../../gateway/credentials/session-tokens.ts";
import { account, OperationRunner } from "../../gateway/test-operations.ts";
import type { AssumableRole, TokenProvider } from "./dependencies.ts";
import { operations } from "./operations.ts";
import { StsState } from "./state.ts";

export { account, refusalOf as refusal } from "../../gateway/test-operations.ts";

export const issuer = "https://id.example.com";

/** One STS without a gateway and without an IAM: roles and providers are set by the test. */
export class TestSts extends OperationRunner<STS, StsState> {
  readonly roles: Map<string, AssumableRole> = new Map();
  readonly providers: Map<string, TokenProvider> = new Map();
  /** What providers publish, by URL; an address that is not here does not answer. */
  readonly documents: Map<string, unknown> = new Map();
  /** How often each address was asked. */
  readonly fetched: string[] = [];
  /** Whom credentials were issued for, the last one last. */
  readonly issued: { readonly principal: SessionPrincipal; readonly lifeMs: number }[] = [];
  readonly state: StsState;

  constructor() {
    super("sts", operations);
    this.state = new StsState({
      clock: this.clock,
      identities: {
        role: (arn) => this.roles.get(arn),
        provider: (owner, name) => (owner === account ? this.providers.get(name) : undefined),
        hasPolicy: (_owner, arn) => arn.endsWith(":policy/known"),
      },
      sessions: { issue: (principal, lifeMs) => this.#issue(principal, lifeMs) },
      fetchJson: (url) => {
        this.fetched.push(url);
        const document = this.documents.get(url);
        return document === undefined ? Promise.reject(new Error("no route")) : Promise.resolve(document);
      },
    });
  }

  #issue(principal: SessionPrincipal, lifeMs: number): IssuedSession {
    this.issued.push({ principal, lifeMs });
    const number = this.issued.length;
    const expiresAtMs = this.clock.now() + lifeMs;
    return {
      accessKeyId: `ASIA${number}`,
      secretKey: "secret",
      sessionToken: `token ${number}`,
      expiresAtMs,
    };
  }

  role(name: string, changes: Partial<AssumableRole> = {}): string {
    const arn = `arn:aws:iam::${account}:role/${name}`;
    const id = "AROATESTTESTTESTTESTT";
    this.roles.set(arn, { ...{ arn, id, name, account, trust: "{}", maxSessionSeconds: 7_200 }, ...changes });
    return arn;
  }

  /** A provider that publishes keys. */
  provider(...keys: object[]): string {
    const arn = `arn:aws:iam::${account}:oidc-provider/id.example.com`;
    this.providers.set("id.example.com", { arn, url: issuer, clientIds: ["app"] });
    const configuration = { issuer, jwks_uri: `${issuer}/keys` };
    this.documents.set(`${issuer}/.well-known/openid-configuration`, configuration);
    this.documents.set(`${issuer}/keys`, { keys });
    return arn;
  }
}

/** A key pair that signs tokens as an identity provider does. */
export class TokenSigner {
  readonly #privateKey: KeyObject;
  readonly #header: object;
  readonly #hash: string;
  /** As a key set publishes it. */
  readonly publicKey: object;

  constructor(kid: string, algorithm: "RS256" | "ES256" | "ES384" = "RS256") {
    const { publicKey, privateKey } =
      algorithm === "RS256"
        ? generateKeyPairSync("rsa", { modulusLength: 2_048 })
        : generateKeyPairSync("ec", { namedCurve: algorithm === "ES256" ? "P-256" : "P-384" });
    this.#privateKey = privateKey;
    this.#header = { alg: algorithm, kid };
    this.#hash = `sha${algorithm.slice(2)}`;
    this.publicKey = { ...publicKey.export({ format: "jwk" }), kid };
  }

  token(claims: object, header: object = {}): string {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const signed = `${part({ ...this.#header, ...header })}.${part(claims)}`;
    const signer = createSign(this.#hash).update(signed);
    const signature = signer.sign({ key: this.#privateKey, dsaEncoding: "ieee-p1363" });
    return `${signed}.${signature.toString("base64url")}`;
  }
}
