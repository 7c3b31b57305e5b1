import { authorize, type Denial, denialMessage, type PrincipalPolicies } from "../core/policy/authorize.ts";
import type { PolicyDocument } from "../core/policy/policy-document.ts";
import type { PolicyPrincipal } from "../core/policy/principal-element.ts";
import { everyRole, type RoleAccess, type RoleRefusal, type RoleUse } from "../core/role-access.ts";
import type { Principal } from "../gateway/call.ts";
import type { ObjectStore } from "../kernels/objects/index.ts";
import { roleByArn } from "../services/iam/trust-policies.ts";
import type { ServiceKeys } from "../services/kms/index.ts";
import { resourcePolicies } from "../services/s3/access/resource-policies.ts";
import type { Identities } from "./open-identities.ts";
import { openIdentities } from "./open-identities.ts";
import type { ServiceContext } from "./service-context.ts";

/** What services may do in the name of roles: everything, or with `--auth verify` what IAM says. */
export async function openRoleAccess(context: ServiceContext): Promise<RoleAccess> {
  if (context.configuration.auth === "trust") return everyRole;
  const { platform } = context;
  return new IamRoleAccess(await openIdentities(context), {
    objects: () => platform.made<ObjectStore>("objects"),
    keys: () => platform.made<ServiceKeys>("keys"),
  });
}

/** Parts whose resources have policies of their own, where somebody uses them. */
interface PolicedParts {
  objects(): ObjectStore | undefined;
  keys(): ServiceKeys | undefined;
}

type Assuming = Pick<RoleUse, "roleArn" | "service" | "sourceArn" | "assumedBy">;

/** Beyond it, the principals that are remembered are forgotten, to be made again. */
const maxPrincipals = 1_000;

type KnownIdentities = Pick<Identities, "state" | "principals" | "trustPolicies">;

/** Decides as IAM would: by the role's trust policy, its own policies, and those of the resources. */
export class IamRoleAccess implements RoleAccess {
  readonly #identities: KnownIdentities;
  readonly #parts: PolicedParts;
  /** By role and service: IAM keeps what it has computed of a principal by the object. */
  readonly #principals = new Map<string, Principal>();

  constructor(identities: KnownIdentities, parts: PolicedParts) {
    this.#identities = identities;
    this.#parts = parts;
  }

  assuming(use: Assuming): RoleRefusal | undefined {
    const { roleArn, sourceArn } = use;
    const { caller, policies } = this.#assumer(use);
    const denial = authorize({
      principal: caller,
      policies,
      action: "sts:AssumeRole",
      resources: [roleArn],
      context: contextOf(sourceArn),
      resourcePolicies: (arn) => this.#compiled(this.#identities.trustPolicies(arn)),
      resourcePoliciesDecide: () => true,
    });
    if (denial === undefined) return undefined;
    return { kind: "assume", message: denialMessage(caller, "sts:AssumeRole", denial) };
  }

  /** The service, or in a chain the role before. */
  #assumer({ service, assumedBy }: Assuming): { caller: PolicyPrincipal; policies: PrincipalPolicies } {
    if (assumedBy === undefined)
      return {
        caller: { arn: service, account: "", kind: "service", serviceName: service },
        policies: { identity: [], boundaries: [], session: undefined },
      };
    const caller = this.#principal({ roleArn: assumedBy, service });
    return { caller, policies: this.#identities.principals.profile(caller).policies };
  }

  refusal(use: RoleUse): RoleRefusal | undefined {
    const refused = this.assuming(use);
    if (refused !== undefined) return refused;
    const principal = this.#principal(use);
    const denial = this.#denial(use, principal);
    if (denial === undefined) return undefined;
    return { kind: "action", message: denialMessage(principal, use.action, denial) };
  }

  #denial({ action, resources, context, sourceArn }: RoleUse, principal: Principal): Denial | undefined {
    const profile = this.#identities.principals.profile(principal);
    return authorize({
      principal,
      policies: profile.policies,
      action,
      resources,
      context: { ...contextOf(sourceArn), ...profile.context, ...context },
      resourcePolicies: (arn) => this.#compiled(this.#policiesOf(arn)),
      ownerOf: (arn) => this.#ownerOf(arn),
      resourcePoliciesDecide: (arn) => arn.includes(":kms:") && arn.includes(":key/"),
    });
  }

  #policiesOf(arn: string): readonly string[] {
    const service = arn.split(":", 3)[2];
    if (service === "kms") return this.#parts.keys()?.policies(arn) ?? [];
    const objects = service === "s3" ? this.#parts.objects() : undefined;
    return objects === undefined ? [] : resourcePolicies(objects, arn);
  }

  /** A bucket's ARN does not say whose it is. */
  #ownerOf(arn: string): string | undefined {
    const name = /^arn:[^:]*:s3:::([^/]+)/.exec(arn)?.[1];
    return name === undefined ? undefined : this.#parts.objects()?.bucket(name)?.account;
  }

  #compiled(texts: readonly string[]): readonly PolicyDocument[] {
    return texts.map((text) => this.#identities.state.compiled.get(text));
  }

  #principal({ roleArn, service }: Pick<RoleUse, "roleArn" | "service">): Principal {
    const role = roleByArn(this.#identities.state, roleArn);
    // A role that was deleted and made anew is another one.
    const key = `${role?.id} ${roleArn} ${service}`;
    const known = this.#principals.get(key);
    if (known !== undefined) return known;
    const account = roleArn.split(":")[4] ?? "";
    const session = service.split(".")[0] ?? service;
    const arn = `arn:aws:sts::${account}:assumed-role/${role?.name}/${session}`;
    const userId = `${role?.id}:${session}`;
    const principal: Principal = { arn, account, accessKeyId: "", kind: "role", userId, roleArn };
    if (this.#principals.size >= maxPrincipals) this.#principals.clear();
    this.#principals.set(key, principal);
    return principal;
  }
}

function contextOf(sourceArn: string): Readonly<Record<string, string>> {
  return {
    "aws:SourceArn": sourceArn,
    "aws:SourceAccount": sourceArn.split(":")[4] ?? "",
    "aws:SecureTransport": "true",
    "aws:ViaAWSService": "true",
  };
}
