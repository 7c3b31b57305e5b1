import { createHash } from "node:crypto";
import type { Draft } from "./draft.ts";
import { stableText } from "./expression-walk.ts";
import type { PhysicalOperator } from "./physical-plan.ts";

/** Beginnings of options that say how a table is read or written, not which rows there are. */
const mannerOptions: readonly string[] = [
  "format",
  "scan.",
  "source.",
  "sink.",
  "json.",
  "csv.",
  "raw.",
  "parquet.",
];

/**
 * What a source's position and a sink's last place belong to: the table, wherever it is. A program may read
 * more columns of it, or take malformed records differently, and go on from where it was. A watermark is its
 * source's: one of another expression still never goes back.
 */
function identityOf(operator: PhysicalOperator, source: string | undefined): unknown {
  if (operator.kind === "watermark") return source;
  if (operator.kind !== "source" && operator.kind !== "sink") return undefined;
  const { path, options } = operator.table;
  const place = Object.entries(options).filter(
    ([name]) => !mannerOptions.some((beginning) => name.startsWith(beginning)),
  );
  return [operator.kind, path, place.sort(([one], [other]) => (one < other ? -1 : 1))];
}

/**
 * A name of an operator that stays when others come or go: its kind, and what it does in terms of its inputs'
 * columns; a number tells equal ones apart.
 */
export function uidsOf(drafts: readonly Draft[], operators: readonly PhysicalOperator[]): readonly string[] {
  const seen = new Map<string, number>();
  /** By draft, the source that it is the first input chain of. */
  const sources = new Map<Draft, string>();
  return drafts.map((draft, index) => {
    const operator = operators[index] as PhysicalOperator;
    const [first] = draft.inputs;
    const source = first === undefined ? undefined : sources.get(first.draft);
    const definition = stableText(
      identityOf(operator, source) ?? [operator, draft.inputs.map(({ draft: { fields } }) => fields)],
    );
    const name = `${operator.kind}-${createHash("sha256").update(definition).digest("hex").slice(0, 12)}`;
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    const uid = count === 0 ? name : `${name}-${count + 1}`;
    const behind = operator.kind === "source" ? uid : source;
    if (behind !== undefined) sources.set(draft, behind);
    return uid;
  });
}
