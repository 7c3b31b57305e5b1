import { authorize, denialMessage } from "../core/policy/authorize.ts";
import type { PolicyCache } from "../core/policy/policy-cache.ts";
import type { PolicyDocument } from "../core/policy/policy-document.ts";
import type { ContextEntries } from "../core/policy/request-context.ts";
import { accessDenied } from "./access-denied.ts";
import type { Call } from "./call.ts";
import type { ServiceModel } from "./model/service-model.ts";
import type { Service } from "./service.ts";
import { familyOf } from "./sigv4/auth-family.ts";

/** What is known of a call when it is to be allowed or refused. */
export interface AuthorizedCall {
  readonly call: Call;
  readonly service: Service;
  readonly model: ServiceModel;
  readonly resources: readonly string[];
  readonly remoteAddress: string;
  readonly secure: boolean;
}

/** Decides whether a call may be made. */
export interface Authorizer {
  /** @throws ServiceError `AccessDeniedException` when a resource may not be used in this way. */
  check(authorized: AuthorizedCall): void;
}

/**
 * Asks the policy engine. Only root credentials exist as yet: they may do everything in their own account
 * but what a resource's policy denies, and in another one what a resource's policy allows.
 */
export class PolicyAuthorizer implements Authorizer {
  readonly #policies: PolicyCache;

  constructor(policies: PolicyCache) {
    this.#policies = policies;
  }

  check(authorized: AuthorizedCall): void {
    const { call, service, model, resources } = authorized;
    const action = `${model.facts.signingName}:${call.operation}`;
    const denial = authorize({
      principal: call.principal,
      policies: { identity: [], boundaries: [], session: undefined },
      action,
      resources,
      context: contextOf(authorized),
      resourcePolicies: (arn) => this.#documents(service, arn),
    });
    if (denial === undefined) return;
    const message = denialMessage(call.principal, action, denial);
    const { decision, source } = denial.evaluation;
    call.log.warn(
      { requestId: call.requestId, decision, source, sid: denial.evaluation.statement?.sid },
      message,
    );
    throw accessDenied(message, familyOf(model));
  }

  #documents(service: Service, arn: string): readonly PolicyDocument[] {
    return service.resourcePolicies(arn).map((text) => this.#policies.get(text));
  }
}

/** The condition keys that every call has. */
function contextOf({ call, remoteAddress, secure }: AuthorizedCall): ContextEntries {
  return {
    "aws:CurrentTime": new Date(call.receivedAt).toISOString(),
    "aws:EpochTime": String(Math.floor(call.receivedAt / 1000)),
    "aws:PrincipalAccount": call.principal.account,
    "aws:PrincipalArn": call.principal.arn,
    "aws:PrincipalType": call.principal.kind === "root" ? "Account" : undefined,
    "aws:RequestedRegion": call.region,
    "aws:SecureTransport": String(secure),
    "aws:SourceIp": remoteAddress === "" ? undefined : remoteAddress,
    "aws:userid": call.principal.account,
  };
}
