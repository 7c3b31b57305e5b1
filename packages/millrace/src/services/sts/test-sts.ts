import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { STS } from "@aws-sdk/client-sts";
import { assert } from "../../core/assert.ts";
import { ManualClock } from "../../core/clock.ts";
import { ServiceError } from "../../core/errors.ts";
import { silentLogger } from "../../core/logger.ts";
import type { Call } from "../../gateway/call.ts";
import type { IssuedSession, SessionPrincipal } from "../../gateway/credentials/session-tokens.ts";
import type { Permission } from "../../gateway/service.ts";
import type { AssumableRole, TokenProvider } from "./dependencies.ts";
import { operations } from "./operations.ts";
import { StsState } from "./state.ts";

export const account = "000000000000";
export const issuer = "https://id.example.com";

type Method<Name extends string> = Uncapitalize<Name> extends keyof STS ? STS[Uncapitalize<Name>] : never;
type Types<Name extends string> =
  Method<Name> extends (
    input: infer Input,
    options: infer _Options,
    done: (error: unknown, output?: infer Output) => void,
  ) => void
    ? { input: Input; output: Omit<NonNullable<Output>, "$metadata"> }
    : never;
type OperationName = Capitalize<Exclude<keyof STS, "middlewareStack" | "config" | "destroy" | "send">>;

/** One STS without a gateway and without an IAM: roles and providers are set by the test. */
export class TestSts {
  readonly clock: ManualClock = new ManualClock();
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

  /** Runs an operation as the gateway would, with an input that satisfies the model. */
  async run<Name extends OperationName>(
    name: Name,
    input: Types<Name>["input"],
    call: Partial<Call> = {},
  ): Promise<Types<Name>["output"]> {
    const entry = operations[name];
    assert(entry !== undefined, `STS has no operation ${name}`);
    return (await entry.run(this.state, input, this.#call(name, call))) as Types<Name>["output"];
  }

  /** What the policy engine would be asked about. */
  permissions<Name extends OperationName>(name: Name, input: Types<Name>["input"]): readonly Permission[] {
    const entry = operations[name];
    assert(entry !== undefined, `STS has no operation ${name}`);
    const call = this.#call(name, {});
    return (
      entry.permissions?.(this.state, input, call) ?? [
        { action: `sts:${name}`, resources: entry.resources(this.state, input, call) },
      ]
    );
  }

  #call(operation: string, changes: Partial<Call>): Call {
    return {
      requestId: "00000000-0000-0000-0000-000000000000",
      service: "sts",
      operation,
      account,
      region: "us-east-1",
      principal: { arn: `arn:aws:iam::${account}:root`, account, accessKeyId: "test", kind: "root" },
      receivedAt: this.clock.now(),
      signal: new AbortController().signal,
      log: silentLogger,
      ...changes,
    };
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

/** The code and text of the error that an operation ends with. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof ServiceError) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error("it was not refused");
}
