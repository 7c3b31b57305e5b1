import type { PolicyDocument, PolicyStatement } from "./policy-document.ts";
import type { PolicyPrincipal, PrincipalFit } from "./principal-element.ts";
import { type ContextSource, RequestContext } from "./request-context.ts";

export type PolicySource =
  | "identity-based policy"
  | "resource-based policy"
  | "permissions boundary"
  | "session policy";

export interface EvaluationInput {
  readonly principal: PolicyPrincipal;
  /** `kinesis:PutRecord`. */
  readonly action: string;
  /** An ARN, or "*" when the action has no resource. */
  readonly resource: string;
  readonly context: ContextSource;
  /** Policies of the user or role, and of the user's groups. */
  readonly identityPolicies: readonly PolicyDocument[];
  readonly resourcePolicies: readonly PolicyDocument[];
  /** Each of these must allow the action, too. */
  readonly boundaries: readonly PolicyDocument[];
  /** Undefined when the session has none; several act as one, as identity policies do. */
  readonly sessionPolicies: readonly PolicyDocument[] | undefined;
  /** Whether the resource belongs to the principal's account. */
  readonly sameAccount: boolean;
  /**
   * True for what lets nobody in whom its own policies do not let in, be it the account as a whole: KMS keys
   * and roles. Elsewhere, policies of the principal's own are enough within an account.
   */
  readonly resourcePoliciesDecide?: boolean;
}

export interface Evaluation {
  readonly decision: "allow" | "explicitDeny" | "implicitDeny";
  /** The statement that denied, or that allowed. */
  readonly statement?: PolicyStatement;
  /** The kind of policy that allowed, that denied, or that should have allowed; undefined for a root's own right. */
  readonly source?: PolicySource;
}

interface Question {
  readonly input: EvaluationInput;
  readonly context: RequestContext;
}

/** Decides by AWS's published logic: an explicit deny anywhere wins, then each kind of policy has its say. */
export function evaluate(input: EvaluationInput): Evaluation {
  const question = { input, context: new RequestContext(input.context) };
  return explicitDeny(question) ?? allowed(question);
}

function explicitDeny(question: Question): Evaluation | undefined {
  const { input } = question;
  const sources: [PolicySource, readonly PolicyDocument[]][] = [
    ["identity-based policy", input.identityPolicies],
    ["resource-based policy", input.resourcePolicies],
    ["permissions boundary", input.boundaries],
    ["session policy", input.sessionPolicies ?? []],
  ];
  for (const [source, policies] of sources) {
    for (const statement of statementsOf(policies)) {
      if (statement.effect !== "Deny" || !applies(statement, question)) continue;
      if (source === "resource-based policy" && resourceFit(statement, input.principal) === "none") continue;
      return { decision: "explicitDeny", statement, source };
    }
  }
  return undefined;
}

function allowed(question: Question): Evaluation {
  const { input } = question;
  const { principal, sameAccount } = input;
  const grant = resourceGrant(question);
  if (principal.kind === "anonymous" || principal.kind === "service" || principal.kind === "federated") {
    return grant.statement === undefined ? missing("resource-based policy") : allow(grant.statement);
  }
  // A grant to exactly this user or session stands on its own within the account.
  if (sameAccount && grant.fit === "exact" && grant.statement !== undefined) return allow(grant.statement);
  const needsGrant = !sameAccount || input.resourcePoliciesDecide === true;
  if (needsGrant && grant.statement === undefined) return missing("resource-based policy");
  // A grant to the account lets the account's own policies decide; one to the role or to everyone is enough.
  const granted =
    sameAccount && (grant.fit === "role" || grant.fit === "everyone") ? grant.statement : undefined;
  const identity = allowing(input.identityPolicies, question);
  if (principal.kind !== "root" && granted === undefined && identity === undefined) {
    return missing("identity-based policy");
  }
  if (granted === undefined && identity !== undefined)
    return limited(question) ?? { decision: "allow", statement: identity, source: "identity-based policy" };
  const statement = granted ?? grant.statement;
  return limited(question) ?? (statement === undefined ? { decision: "allow" } : allow(statement));
}

/** Boundaries and session policies grant nothing: they only take away. */
function limited(question: Question): Evaluation | undefined {
  const { boundaries, sessionPolicies } = question.input;
  for (const boundary of boundaries) {
    if (allowing([boundary], question) === undefined) return missing("permissions boundary");
  }
  if (sessionPolicies !== undefined && allowing(sessionPolicies, question) === undefined) {
    return missing("session policy");
  }
  return undefined;
}

/** The grant of the resource's policies that names the caller most closely. */
function resourceGrant(question: Question): { fit: PrincipalFit; statement?: PolicyStatement } {
  const rank: readonly PrincipalFit[] = ["none", "account", "everyone", "role", "exact"];
  let best: { fit: PrincipalFit; statement?: PolicyStatement } = { fit: "none" };
  for (const statement of statementsOf(question.input.resourcePolicies)) {
    if (statement.effect !== "Allow") continue;
    const fit = resourceFit(statement, question.input.principal);
    if (rank.indexOf(fit) > rank.indexOf(best.fit) && applies(statement, question)) best = { fit, statement };
  }
  return best;
}

/** How a resource policy's statement names the caller; one without a principal names nobody. */
function resourceFit(statement: PolicyStatement, principal: PolicyPrincipal): PrincipalFit {
  if (statement.notPrincipal !== undefined) {
    return statement.notPrincipal.fit(principal) === "none" ? "everyone" : "none";
  }
  return statement.principal?.fit(principal) ?? "none";
}

function allowing(policies: readonly PolicyDocument[], question: Question): PolicyStatement | undefined {
  for (const statement of statementsOf(policies)) {
    if (statement.effect === "Allow" && applies(statement, question)) return statement;
  }
  return undefined;
}

function applies(statement: PolicyStatement, { input, context }: Question): boolean {
  const { actions, actionsNegated, resources, resourcesNegated, conditions } = statement;
  if (actions.some((action) => action.matches(input.action, context)) === actionsNegated) return false;
  if (resources !== undefined) {
    const named = resources.some((resource) => resource.matches(input.resource, context));
    if (named === resourcesNegated) return false;
  }
  return conditions.every((condition) => condition.holds(context));
}

function* statementsOf(policies: readonly PolicyDocument[]): Generator<PolicyStatement> {
  for (const policy of policies) yield* policy.statements;
}

const allow = (statement: PolicyStatement): Evaluation => ({
  decision: "allow",
  statement,
  source: "resource-based policy",
});
const missing = (source: PolicySource): Evaluation => ({ decision: "implicitDeny", source });
