import { type ColumnScope, conditionText, conjuncts, spaced } from "./condition-text.ts";
import { type EngineNode, estimateOf, listOf, textOf } from "./engine-plan.ts";
import { type JoinPair, moved } from "./join-movement.ts";
import type { PlanNames } from "./plan-names.ts";
import { costs, over, type PlanStep } from "./plan-step.ts";
import { filterDetail } from "./scan-steps.ts";

export interface JoinFacts {
  readonly names: PlanNames;
  readonly nodes: number;
  /** Whether a scan's rows lie sorted by the columns that its table is distributed by. */
  readonly isSortedByKey: (step: PlanStep) => boolean;
}

/** A condition between the sides of a join, as the engine lists it: the outer side's stands first. */
interface SideCondition {
  readonly pair: JoinPair | undefined;
  readonly text: string;
}

/** Redshift keeps rows without a partner of the inner side only where both sides are dealt by the key. */
const keepsInner = /RIGHT|FULL|OUTER/;

export function joinStep(node: EngineNode, outer: PlanStep, inner: PlanStep, facts: JoinFacts): PlanStep {
  const type = textOf(node, "Join Type");
  const texts = [...listOf(node, "Conditions"), ...listOf(node, "Condition")];
  const conditions = texts.flatMap(conjuncts).map((text) => sideCondition(text, outer, inner, facts.names));
  const equal = conditions.filter(({ pair }) => pair !== undefined);
  const others = conditions.filter(({ pair }) => pair === undefined).map(({ text }) => text);
  const pairs = equal.flatMap(({ pair }) => pair ?? []);
  const {
    movement,
    placement,
    cost: moving,
  } = moved(outer, inner, pairs, facts.nodes, !keepsInner.test(type));
  const estimate = equal.length === 0 ? outer.rows * inner.rows : Math.max(outer.rows, inner.rows);
  const rows = Math.max(1, estimateOf(node) ?? estimate);
  const compared = equal.length === 0 ? outer.rows * inner.rows : outer.rows;
  const joined = {
    rows,
    widthBytes:
      type.includes("SEMI") || type.includes("ANTI") || type === "MARK"
        ? outer.widthBytes
        : outer.widthBytes + inner.widthBytes,
    startCost: inner.cost,
    cost: outer.cost + inner.cost + compared * costs.comparison + moving,
    placement,
    outputs: [...outer.outputs, ...inner.outputs],
  };
  const condition = filterDetail(
    "",
    equal.map(({ text }) => text),
  )
    .slice(": ".length - 1)
    .trimStart();
  const residual = others.length === 0 ? [] : [filterDetail("Join Filter", others)];
  const kind = joinKind(type);
  if (equal.length === 0)
    return {
      ...joined,
      label: `Nested Loop${kind} ${movement}`,
      details: residual,
      children: [outer, inner],
    };
  if (
    movement === "DS_DIST_NONE" &&
    facts.isSortedByKey(outer) &&
    facts.isSortedByKey(inner) &&
    !type.includes("FULL")
  )
    return {
      ...joined,
      startCost: 0,
      label: `Merge${kind} Join ${movement}`,
      details: [`Merge Cond: ${condition}`, ...residual],
      children: [outer, inner],
    };
  const hash = over(inner, "Hash", { startCost: inner.cost });
  return {
    ...joined,
    label: `Hash${kind} Join ${movement}`,
    details: [`Hash Cond: ${condition}`, ...residual],
    children: [outer, hash],
  };
}

/** As PostgreSQL words it: nothing for an inner join. */
function joinKind(type: string): string {
  if (type.startsWith("FULL") || type === "OUTER") return " Full";
  if (type === "LEFT") return " Left";
  if (type === "RIGHT") return " Right";
  if (type.includes("ANTI")) return " NOT IN";
  if (type.includes("SEMI") || type === "MARK") return " IN";
  return "";
}

function sideCondition(text: string, outer: PlanStep, inner: PlanStep, names: PlanNames): SideCondition {
  const [, left, operator, right] = /^(.+?) (=|IS NOT DISTINCT FROM) (.+)$/.exec(text) ?? [];
  if (left === undefined || right === undefined || operator === undefined)
    return { pair: undefined, text: spaced(conditionText(text, names, scope(outer, inner, true, names))) };
  const leftText = conditionText(left, names, scope(outer, outer, false, names));
  const rightText = conditionText(right, names, scope(inner, inner, false, names));
  const pair = { outer: idOf(left, outer, names), inner: idOf(right, inner, names) };
  return { pair, text: `(${sided("outer", leftText)} = ${sided("inner", rightText)})` };
}

/** A column of a side; what is computed stands as it is. */
function sided(side: "outer" | "inner", text: string): string {
  return /^\w+$/.test(text) && text !== "SUBQUERY" ? `"${side}".${text}` : sideValue(side, text);
}

function sideValue(side: "outer" | "inner", text: string): string {
  return text === "SUBQUERY" ? `"${side}".derived_col1` : text;
}

function scope(first: PlanStep, second: PlanStep, qualified: boolean, names: PlanNames): ColumnScope {
  return {
    own: () => undefined,
    output: (index) => {
      const name = first.outputs[index] ?? second.outputs[index];
      return names.column(name ?? "")?.name ?? "derived_col1";
    },
    qualified,
  };
}

function idOf(text: string, side: PlanStep, names: PlanNames): string | undefined {
  const index = /^#(\d+)$/.exec(text)?.[1];
  return names.column(index === undefined ? text : (side.outputs[Number(index)] ?? ""))?.id;
}
