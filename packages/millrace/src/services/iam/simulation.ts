import type { ContextEntry, EvaluationResult, Statement } from "@aws-sdk/client-iam";
import { type Evaluation, evaluate } from "../../core/policy/evaluate.ts";
import type { PolicyDocument } from "../../core/policy/policy-document.ts";
import type { PolicyPrincipal } from "../../core/policy/principal-element.ts";
import type { ContextEntries } from "../../core/policy/request-context.ts";
import { parseIamArn } from "./arn.ts";
import { conditionKeys } from "./context-keys.ts";
import { invalidInput, notImplemented } from "./errors.ts";
import { checkPolicy } from "./policy-text.ts";

/** A policy of the simulation, with what the answer calls it. */
export interface SourcePolicy {
  readonly id: string;
  readonly type: NonNullable<Statement["SourcePolicyType"]>;
  readonly document: PolicyDocument;
}

export interface SimulationInput {
  readonly ActionNames: readonly string[];
  readonly ResourceArns?: readonly string[] | undefined;
  readonly ResourcePolicy?: string | undefined;
  readonly ResourceOwner?: string | undefined;
  readonly CallerArn?: string | undefined;
  readonly ContextEntries?: readonly ContextEntry[] | undefined;
  readonly ResourceHandlingOption?: string | undefined;
  readonly OrderedOrganizationPolicyInputList?: readonly unknown[] | undefined;
}

interface SimulatedPolicies {
  readonly identity: readonly SourcePolicy[];
  readonly boundaries: readonly SourcePolicy[];
}

const maxEvaluations = 10_000;

/** What the policy engine would decide on each action and resource. */
export function simulate(
  input: SimulationInput,
  policies: SimulatedPolicies,
  owner: string,
): EvaluationResult[] {
  refuseMissingParts(input);
  const { ActionNames: actions, ResourceArns: resources = ["*"] } = input;
  if (actions.length * resources.length > maxEvaluations)
    throw invalidInput(`A simulation has at most ${maxEvaluations} pairs of actions and resources.`);
  if (input.ResourcePolicy !== undefined && input.CallerArn === undefined)
    throw invalidInput("A ResourcePolicy needs a CallerArn.");
  const context = contextOf(input.ContextEntries ?? []);
  const resourcePolicy =
    input.ResourcePolicy === undefined ? [] : [inputPolicy(input.ResourcePolicy, "resource")];
  const principal = principalOf(input.CallerArn, owner);
  const all = [...policies.identity, ...policies.boundaries, ...resourcePolicy];
  return actions.flatMap((action) => {
    checkAction(action);
    return resources.map((resource) => {
      const resourceOwner = input.ResourceOwner?.split(":")[4] ?? principal.account;
      const evaluation = evaluate({
        ...{ principal, action, resource, context },
        identityPolicies: documents(policies.identity),
        resourcePolicies: documents(resourcePolicy),
        boundaries: documents(policies.boundaries),
        sessionPolicies: undefined,
        sameAccount: resourceOwner === principal.account,
      });
      return describe(evaluation, {
        action,
        resource,
        context,
        all,
        hasBoundary: policies.boundaries.length > 0,
      });
    });
  });
}

/** Policies that the call itself brings. */
export function inputPolicies(
  texts: readonly string[] | undefined,
  prefix: string = "PolicyInputList",
): SourcePolicy[] {
  return (texts ?? []).map((text, i) => ({
    id: `${prefix}.${i + 1}`,
    type: "none",
    document: checkPolicy(text, "identity", invalidInput),
  }));
}

function inputPolicy(text: string, type: "resource"): SourcePolicy {
  return { id: "ResourcePolicy", type, document: checkPolicy(text, "resource", invalidInput) };
}

const documents = (policies: readonly SourcePolicy[]): PolicyDocument[] =>
  policies.map(({ document }) => document);

function refuseMissingParts(input: SimulationInput): void {
  if ((input.OrderedOrganizationPolicyInputList ?? []).length > 0)
    throw notImplemented("Simulation with service control policies");
  if (input.ResourceHandlingOption !== undefined)
    throw notImplemented("Simulation with ResourceHandlingOption");
}

function checkAction(action: string): void {
  if (!/^[a-z0-9-]+:[a-z0-9]+$/i.test(action)) throw invalidInput(`Invalid action: ${action}`);
}

function principalOf(callerArn: string | undefined, owner: string): PolicyPrincipal {
  const arn = callerArn ?? `arn:aws:iam::${owner}:user/simulated`;
  const parsed = parseIamArn(arn);
  if (parsed === undefined || parsed.kind !== "user")
    throw invalidInput("CallerArn must be the ARN of an IAM user.");
  return { arn, account: parsed.account, kind: "user" };
}

function contextOf(entries: readonly ContextEntry[]): ContextEntries {
  return Object.fromEntries(
    entries.flatMap(({ ContextKeyName: name, ContextKeyValues: values }) =>
      name === undefined ? [] : [[name, values ?? []]],
    ),
  );
}

interface Evaluated {
  readonly action: string;
  readonly resource: string;
  readonly context: ContextEntries;
  readonly all: readonly SourcePolicy[];
  readonly hasBoundary: boolean;
}

function describe(
  { decision, statement, source }: Evaluation,
  { action, resource, context, all, hasBoundary }: Evaluated,
): EvaluationResult {
  const from = all.find(({ document }) => statement !== undefined && document.statements.includes(statement));
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  const keys = all.flatMap(({ document }) => conditionKeys(document));
  const decisions = { allow: "allowed", explicitDeny: "explicitDeny", implicitDeny: "implicitDeny" } as const;
  const boundary = { AllowedByPermissionsBoundary: source !== "permissions boundary" };
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: decisions[decision],
    MatchedStatements: from === undefined ? [] : [{ SourcePolicyId: from.id, SourcePolicyType: from.type }],
    MissingContextValues: [...new Set(keys)].filter((key) => !given.has(key.toLowerCase())),
    ...(hasBoundary ? { PermissionsBoundaryDecisionDetail: boundary } : {}),
  };
}
