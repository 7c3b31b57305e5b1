import type { Call } from "../../../gateway/call.ts";
import type { Permission } from "../../../gateway/service.ts";
import { tableArn } from "./table.ts";
import { addressOf } from "./table-lookup.ts";

/** For the policy engine: the tables of a batch. */
export function batchResource(
  _state: unknown,
  input: { readonly RequestItems: Readonly<Record<string, unknown>> },
  call: Call,
): readonly string[] {
  return Object.keys(input.RequestItems).map((name) => tableArn(addressOf(name, call)));
}

interface TransactInput {
  readonly TransactItems: readonly Readonly<Record<string, { readonly TableName: string } | undefined>>[];
}

/** Which action each part of a transaction needs: there is none of the transaction itself. */
const actions: Readonly<Record<string, string>> = {
  Get: "dynamodb:GetItem",
  Put: "dynamodb:PutItem",
  Update: "dynamodb:UpdateItem",
  Delete: "dynamodb:DeleteItem",
  ConditionCheck: "dynamodb:ConditionCheckItem",
};

/** For the policy engine: the permissions that the parts of a transaction need. */
export function transactPermissions(
  _state: unknown,
  input: TransactInput,
  call: Call,
): readonly Permission[] {
  const byAction = new Map<string, Set<string>>();
  for (const [kind, part] of input.TransactItems.flatMap((item) => Object.entries(item))) {
    const action = actions[kind];
    if (action === undefined || part === undefined) continue;
    const arns = byAction.get(action) ?? new Set();
    byAction.set(action, arns.add(tableArn(addressOf(part.TableName, call))));
  }
  return [...byAction].map(([action, arns]) => ({ action, resources: [...arns] }));
}

/** For the policy engine: the tables of a transaction. */
export function transactResource(_state: unknown, input: TransactInput, call: Call): readonly string[] {
  return [...new Set(transactPermissions(_state, input, call).flatMap(({ resources }) => resources))];
}
