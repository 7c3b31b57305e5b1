import { createHash } from "node:crypto";
import type { Draft } from "./draft.ts";
import { stableText } from "./expression-walk.ts";
import type { PhysicalOperator } from "./physical-plan.ts";

/**
 * A name of an operator that stays when others come or go: its kind, and what it does in terms of its inputs'
 * columns; a number tells equal ones apart.
 */
export function uidsOf(drafts: readonly Draft[], operators: readonly PhysicalOperator[]): readonly string[] {
  const seen = new Map<string, number>();
  return drafts.map((draft, index) => {
    const operator = operators[index] as PhysicalOperator;
    const definition = stableText([operator, draft.inputs.map(({ draft: { fields } }) => fields)]);
    const name = `${operator.kind}-${createHash("sha256").update(definition).digest("hex").slice(0, 12)}`;
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? name : `${name}-${count + 1}`;
  });
}
