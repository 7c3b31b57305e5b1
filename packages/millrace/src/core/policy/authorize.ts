// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { type Evaluation, evaluate } from "./evaluate.ts";
import { splitArn } from "./pattern.ts";
import type { PolicyDocument } from "./policy-document.ts";
import type { PolicyPrincipal } from "./principal-element.ts";
import type { ContextEntries, ContextSource } from "./request-context.ts";

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
  readonly context: ContextSource;
  /** Policies attached to a resource. */
  resourcePolicies(arn: string): readonly PolicyDocument[];
  /** The account that owns a resource whose ARN does not name it, as a bucket's does not. */
  ownerOf?(arn: string): string | undefined;
  /** Whether a resource lets in only whom its own policies let in: see `evaluate`. */
  resourcePoliciesDecide?(arn: string): boolean;
  /** Told how it was decided about each resource that the principal may act on. */
  allowed?(evaluation: Evaluation): void;
}

export interface Denial {
  readonly resource: string;
  readonly evaluation: Evaluation;
}

/** Undefined when the principal may act on all of the resources, else the first refusal. */
export function authorize(request: AuthorizationRequest): Denial | undefined {
  const { principal, policies, action, context } = request;
  for (const resource of request.resources) {
    const owner = ownerOf(request, resource);
    const evaluation = evaluate({
      principal,
      action,
      resource,
      context: () => withOwner(context, owner),
      identityPolicies: policies.identity,
      resourcePolicies: resource === "*" ? [] : request.resourcePolicies(resource),
      boundaries: policies.boundaries,
      sessionPolicies: policies.session,
      sameAccount: owner === undefined || owner === principal.account,
      resourcePoliciesDecide: request.resourcePoliciesDecide?.(resource) === true,
    });
    if (evaluation.decision !== "allow") return { resource, evaluation };
    request.allowed?.(evaluation);
  }
  return undefined;
}

function ownerOf(request: AuthorizationRequest, resource: string): string | undefined {
  if (resource === "*") return undefined;
  const named = splitArn(resource)[4];
  return named !== undefined && /^\d{12}$/.test(named) ? named : request.ownerOf?.(resource);
}

function withOwner(context: ContextSource, owner: string | undefined): ContextEntries {
  const entries = typeof context === "function" ? context() : context;
  return owner === undefined ? entries : { "aws:ResourceAccount": owner, ...entries };
}

/** AWS's sentence for a refusal. */
export function denialMessage(principal: PolicyPrincipal, action: string, denial: Denial): string {
  const { resource, evaluation } = denial;
  const who = principal.kind === "anonymous" ? "anonymous" : principal.arn;
  const what = `User: ${who} is not authorized to perform: ${action} on resource: ${resource}`;
  const source = sourceName(action, evaluation);
  if (evaluation.decision === "explicitDeny") {
    return `${what} with an explicit deny in ${source.startsWith("i") ? "an" : "a"} ${source}`;
  }
  return `${what} because no ${source} allows the ${action} action`;
}

function sourceName(action: string, { source = "identity-based policy" }: Evaluation): string {
  const isTrust = source === "resource-based policy" && action.startsWith("sts:");
  return isTrust ? "role trust policy" : source;
}
