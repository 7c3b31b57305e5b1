import type { ContextEntry, ContextKeyTypeEnum, EvaluationResult, IAM } from "@aws-sdk/client-iam";
import { policyOfStatement, statementsOf } from "./documents.ts";

/** What is asked of the simulator. */
export interface SimulationQuestion {
  /** The ARN of a user, a group or a role; empty to ask about `document`. */
  readonly principal: string;
  readonly document: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly context: readonly ContextField[];
}

export interface ContextField {
  readonly key: string;
  readonly type: ContextKeyTypeEnum;
  /** Several values are separated by commas where the type is a list. */
  readonly value: string;
}

/** Each line, or what is between commas, is one. */
export function linesOf(text: string): readonly string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** What has no value is not part of the context. */
export function contextEntries(fields: readonly ContextField[]): ContextEntry[] {
  return fields
    .filter(({ key, value }) => key !== "" && value !== "")
    .map(({ key, type, value }) => ({
      ContextKeyName: key,
      ContextKeyType: type,
      ContextKeyValues: type.endsWith("List") ? [...linesOf(value)] : [value],
    }));
}

/** The name within the ARN of a principal, which may have a path. */
export function nameOfArn(arn: string): { readonly kind: string; readonly name: string } {
  const [kind = "", ...rest] = (arn.split(":")[5] ?? "").split("/");
  return { kind, name: rest.at(-1) ?? "" };
}

/** What policies ask about who calls, as far as the principal itself tells. */
export function knownContext(principal: string): Readonly<Record<string, string>> {
  const { kind, name } = nameOfArn(principal);
  return {
    "aws:PrincipalArn": principal,
    "aws:PrincipalAccount": principal.split(":")[4] ?? "",
    ...(kind === "user" && { "aws:username": name }),
  };
}

export async function simulate(iam: IAM, question: SimulationQuestion): Promise<readonly EvaluationResult[]> {
  const { principal, document, actions, resources, context } = question;
  const asked = {
    ActionNames: [...actions],
    ...(resources.length > 0 && { ResourceArns: [...resources] }),
    ContextEntries: contextEntries(context),
  };
  const output =
    principal === ""
      ? await iam.simulateCustomPolicy({ PolicyInputList: [document], ...asked })
      : await iam.simulatePrincipalPolicy({ PolicySourceArn: principal, ...asked });
  return output.EvaluationResults ?? [];
}

export interface JudgedStatement {
  readonly statement: object;
  /** What it decides when it is alone. */
  readonly decision: "allowed" | "explicitDeny" | "implicitDeny";
}

const maxStatements = 100;

/** Asks about each statement of a policy by itself: those that decide anything are the ones that match. */
export async function judgeStatements(
  iam: IAM,
  document: string,
  result: EvaluationResult,
  context: readonly ContextField[],
): Promise<readonly JudgedStatement[]> {
  const judged: JudgedStatement[] = [];
  for (const statement of statementsOf(document).slice(0, maxStatements)) {
    const { EvaluationResults: [alone] = [] } = await iam.simulateCustomPolicy({
      PolicyInputList: [policyOfStatement(document, statement)],
      ActionNames: [result.EvalActionName ?? ""],
      ResourceArns: [result.EvalResourceName ?? "*"],
      ContextEntries: contextEntries(context),
    });
    judged.push({ statement, decision: alone?.EvalDecision ?? "implicitDeny" });
  }
  return judged;
}
