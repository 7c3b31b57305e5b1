import { authorize, type Denial, denialMessage, type PrincipalPolicies } from "../core/policy/authorize.ts";
import type { Evaluation } from "../core/policy/evaluate.ts";
import type { PolicyCache } from "../core/policy/policy-cache.ts";
import type { PolicyDocument } from "../core/policy/policy-document.ts";
import type { ContextEntries } from "../core/policy/request-context.ts";
import { accessDenied } from "./access-denied.ts";
import type { Call, Principal } from "./call.ts";
import type { HttpRequest } from "./http.ts";
import type { ServiceModel } from "./model/service-model.ts";
import type { Decision, RequestRecord } from "./request-log.ts";
import { requestTags } from "./request-tags.ts";
import type { BoundOperation, Permission } from "./service.ts";
import { familyOf } from "./sigv4/auth-family.ts";

/** What is known of a call when it is to be allowed or refused. */
export interface AuthorizedCall {
  readonly call: Call;
  readonly operation: BoundOperation;
  readonly model: ServiceModel;
  readonly input: unknown;
  readonly request: Pick<HttpRequest, "headers" | "secure">;
  readonly remoteAddress: string;
  /** Where the decision is written down. */
  readonly notes?: DecisionNotes;
}

/** What is kept of a decision; a request's record is one. */
export interface DecisionNotes extends Pick<RequestRecord, "setResource"> {
  decision: Decision;
  decidedBy: string;
}

/** Decides whether a call may be made. */
export interface Authorizer {
  /** @throws ServiceError `AccessDeniedException` when something that the call needs is not allowed. */
  check(authorized: AuthorizedCall): void;
  /** As `check`, of one permission that not the whole call needs. @throws ServiceError the refusal */
  require(authorized: AuthorizedCall, permission: Permission): void;
}

/** What the policies of a principal are, and which condition keys follow from who it is. */
export interface PrincipalProfile {
  readonly policies: PrincipalPolicies;
  readonly context: ContextEntries;
}

export interface PrincipalProfiles {
  /** Answers from memory: it is asked for each call. */
  profile(principal: Principal): PrincipalProfile;
}

export interface PolicyAuthorizerOptions {
  readonly compiled: PolicyCache;
  readonly profiles: PrincipalProfiles;
  /** The policies (JSON text) of a resource, which belongs to the service of that id. */
  resourcePolicies(service: string, arn: string): readonly string[];
}

/** Actions of services that sign under another name than IAM knows them by. */
const actionPrefixes: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

/** ARNs of services that Millrace has under another id. */
const serviceIds: Readonly<Record<string, string>> = {
  elasticmapreduce: "emr",
  kinesisanalytics: "kinesis-analytics-v2",
  datapipeline: "data-pipeline",
};

/** Asks the policy engine about each permission that a call needs: all of them must be given. */
export class PolicyAuthorizer implements Authorizer {
  readonly #options: PolicyAuthorizerOptions;

  constructor(options: PolicyAuthorizerOptions) {
    this.#options = options;
  }

  check(authorized: AuthorizedCall): void {
    const { call } = authorized;
    const permissions = permissionsOf(authorized);
    if (permissions.length === 0) return;
    authorized.notes?.setResource(permissions[0]?.resources[0]);
    const profile = this.#options.profiles.profile(call.principal);
    for (const permission of permissions) this.#require(authorized, permission, profile);
  }

  require(authorized: AuthorizedCall, permission: Permission): void {
    this.#require(authorized, permission, this.#options.profiles.profile(authorized.call.principal));
  }

  #require(authorized: AuthorizedCall, permission: Permission, profile: PrincipalProfile): void {
    const denial = this.#denial(authorized, permission, profile);
    if (denial === undefined) return;
    note(authorized.notes, "denied", denial.evaluation);
    throw refusal(authorized, permission, denial);
  }

  #denial(authorized: AuthorizedCall, permission: Permission, profile: PrincipalProfile): Denial | undefined {
    const { action, resources, resourceAccount } = permission;
    return authorize({
      principal: authorized.call.principal,
      policies: profile.policies,
      action,
      resources,
      context: () => ({
        ...callContext(authorized),
        ...requestTags(authorized.input),
        ...profile.context,
        ...permission.context,
      }),
      resourcePolicies: (arn) => this.#documents(arn),
      ownerOf: () => resourceAccount,
      resourcePoliciesDecide: (arn) => decidesAlone(action, arn),
      allowed: (evaluation) => note(authorized.notes, "allowed", evaluation),
    });
  }

  #documents(arn: string): readonly PolicyDocument[] {
    const { compiled } = this.#options;
    const name = arn.split(":", 3)[2] ?? "";
    const texts = this.#options.resourcePolicies(serviceIds[name] ?? name, arn);
    return texts.map((text) => compiled.get(text));
  }
}

/** A root that no policy speaks of may do everything in its account. */
function note(notes: DecisionNotes | undefined, decision: Decision, { source }: Evaluation): void {
  if (notes === undefined) return;
  notes.decision = decision;
  notes.decidedBy = source ?? "root";
}

function permissionsOf({ call, model, operation, input }: AuthorizedCall): readonly Permission[] {
  const named = operation.permissions(input, call);
  if (named !== undefined) return named;
  const { signingName } = model.facts;
  const action = `${actionPrefixes[signingName] ?? signingName}:${call.operation}`;
  return [{ action, resources: operation.resources(input, call) }];
}

/** A KMS key and a role, when it is to be assumed, admit only whom their own policies admit. */
function decidesAlone(action: string, arn: string): boolean {
  if (arn.includes(":kms:")) return arn.includes(":key/");
  return action.startsWith("sts:") && arn.includes(":role/");
}

function refusal({ call, model }: AuthorizedCall, permission: Permission, denial: Denial): Error {
  const { action } = permission;
  const message = denialMessage(call.principal, action, denial);
  const { decision, source, statement } = denial.evaluation;
  const { requestId, principal } = call;
  call.log.warn(
    {
      requestId,
      principal: principal.arn,
      action,
      resource: denial.resource,
      decision,
      source,
      sid: statement?.sid,
    },
    message,
  );
  return permission.refusal?.(message) ?? accessDenied(message, familyOf(model));
}

/** The condition keys that every call has. */
export function callContext({
  call,
  request,
  remoteAddress,
}: Pick<AuthorizedCall, "request" | "remoteAddress"> & {
  readonly call: Pick<Call, "receivedAt" | "region">;
}): ContextEntries {
  return {
    "aws:CurrentTime": new Date(call.receivedAt).toISOString(),
    "aws:EpochTime": String(Math.floor(call.receivedAt / 1000)),
    "aws:PrincipalIsAWSService": "false",
    "aws:RequestedRegion": call.region,
    "aws:SecureTransport": String(request.secure),
    "aws:SourceIp": remoteAddress === "" ? undefined : remoteAddress,
    "aws:UserAgent": request.headers["user-agent"],
    "aws:Referer": request.headers["referer"],
    "aws:ViaAWSService": "false",
  };
}
