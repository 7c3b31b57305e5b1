// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { type Evaluation, evaluate } from "./evaluate.ts";
import { splitArn } from "./pattern.ts";
import type { PolicyDocument } from "./policy-document.ts";
import type { PolicyPrincipal } from "./principal-element.ts";
import type { ContextEntries } from "./request-context.ts";

/** The policies that go with a principal, wherever it acts. */
export interface PrincipalPolicies {
  readonly identity: readonly PolicyDocument[];
  readonly boundaries: readonly PolicyDocument[];
  /** Undefined when the session was made without any. */
  readonly session: readonly PolicyDocument[] | undefined;
}

export interface AuthorizationRequest {
  readonly principal: PolicyPrincipal;
  readonly policies: PrincipalPolicies;
  readonly action: string;
  /** ARNs; "*" when the action has no resource. All of them must be allowed. */
  readonly resources: readonly string[];
  readonly context: ContextEntries;
  /** Policies attached to a resource. */
  resourcePolicies(arn: string): readonly PolicyDocument[];
  /** The account that owns a resource whose ARN does not name it, as a bucket's does not. */
  ownerOf?(arn: string): string | undefined;
}

export interface Denial {
  readonly resource: string;
  readonly evaluation: Evaluation;
}

/** Undefined when the principal may act on all of the resources, else the first refusal. */
export function authorize(request: AuthorizationRequest): Denial | undefined {
  const { principal, policies, action, context } = request;
  for (const resource of request.resources) {
    const evaluation = evaluate({
      principal,
      action,
      resource,
      context,
      identityPolicies: policies.identity,
      resourcePolicies: resource === "*" ? [] : request.resourcePolicies(resource),
      boundaries: policies.boundaries,
      sessionPolicies: policies.session,
      sameAccount: isSameAccount(request, resource),
    });
    if (evaluation.decision !== "allow") return { resource, evaluation };
  }
  return undefined;
}

function isSameAccount(request: AuthorizationRequest, resource: string): boolean {
  if (resource === "*") return true;
  const named = splitArn(resource)[4];
  const owner = named !== undefined && /^\d{12}$/.test(named) ? named : request.ownerOf?.(resource);
  return owner === undefined || owner === request.principal.account;
}

/** AWS's sentence for a refusal. */
export function denialMessage(principal: PolicyPrincipal, action: string, denial: Denial): string {
  const { resource, evaluation } = denial;
  const who = principal.kind === "anonymous" ? "anonymous" : principal.arn;
  const what = `User: ${who} is not authorized to perform: ${action} on resource: ${resource}`;
  const source = evaluation.source ?? "identity-based policy";
  if (evaluation.decision === "explicitDeny") {
    return `${what} with an explicit deny in ${source === "identity-based policy" ? "an" : "a"} ${source}`;
  }
  return `${what} because no ${source} allows the ${action} action`;
}
