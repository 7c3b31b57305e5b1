import type { PlanStep } from "./plan-step.ts";

const indentation = 6;

/** Redshift's lines of a plan: two blanks before the arrow, details under the step's name. */
export function planLines(step: PlanStep, onLeader: boolean): readonly string[] {
  return lines(step, 0, onLeader);
}

function lines(step: PlanStep, depth: number, onLeader: boolean): string[] {
  const prefix = onLeader || step.plain === true ? "" : "XN ";
  const head = depth === 0 ? "" : `${" ".repeat(2 + (depth - 1) * indentation)}->  `;
  const under = " ".repeat(depth === 0 ? 2 : depth * indentation + 2);
  return [
    `${head}${prefix}${step.label}  ${figures(step)}`,
    ...step.details.map((detail) => `${under}${detail}`),
    ...step.children.flatMap((child) => lines(child, depth + 1, onLeader)),
  ];
}

function figures({ startCost, cost, rows, widthBytes }: PlanStep): string {
  const from = startCost.toFixed(2);
  const to = Math.max(startCost, cost).toFixed(2);
  return `(cost=${from}..${to} rows=${Math.round(rows)} width=${Math.round(widthBytes)})`;
}

/** EXPLAIN VERBOSE: the steps as a tree of their members, before the lines. */
export function verboseLines(step: PlanStep, depth = 0): readonly string[] {
  const indent = " ".repeat(depth * 3);
  const [, name = step.label, movement] = /^(.*?)(?: (DS_\w+))?$/.exec(step.label) ?? [];
  const members = [
    `startup_cost ${step.startCost.toFixed(2)}`,
    `total_cost ${Math.max(step.startCost, step.cost).toFixed(2)}`,
    `plan_rows ${Math.round(step.rows)}`,
    `plan_width ${Math.round(step.widthBytes)}`,
    `dist_info.dist_strategy ${movement ?? "DS_DIST_NONE"}`,
    ...step.details.map((detail) =>
      detail.replace(/^([\w ]+): /, (_, key: string) => `${key.toLowerCase().replaceAll(" ", "_")} `),
    ),
  ];
  return [
    `${indent}{ ${name.split(" on ")[0]?.replaceAll(" ", "").toUpperCase()} `,
    ...members.map((member) => `${indent}:${member} `),
    ...step.children.flatMap((child, index) => [
      `${indent}:${index === 0 ? "lefttree" : "righttree"} `,
      ...verboseLines(child, depth + 1),
    ]),
    `${indent}}`,
  ];
}
