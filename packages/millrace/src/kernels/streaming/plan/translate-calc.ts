import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type { Field } from "../../../sql/flink/types.ts";
import type { CalcChain } from "./calc-chain.ts";
import { isIdentity } from "./calc-chain.ts";
import { type Draft, type DraftGraph, forward, isInsertOnly, type WindowColumns } from "./draft.ts";
import { expressionText } from "./expression-text.ts";
import { mapPaths } from "./expression-walk.ts";
import { tableKey } from "./scan-demand.ts";
import { translateScan } from "./translate-scan.ts";
import type { Translator } from "./translator.ts";

/** Projections and filters over whatever is below them. */
export function translateChain(translator: Translator, chain: CalcChain): Draft {
  const { graph } = translator;
  if (chain.base.kind === "scan") {
    const { table } = chain.base;
    const key = tableKey(table);
    const demand = translator.demands.get(key);
    if (demand === undefined) throw new Error("a table is read that nobody asked for");
    const scan = translator.scans.get(key) ?? translateScan(graph, demand, translator.settings);
    translator.scans.set(key, scan);
    const over = (expression: BoundExpression): BoundExpression => mapPaths(expression, scan.column);
    return addCalc(graph, scan.draft, {
      fields: chain.fields,
      expressions: chain.expressions.map(over),
      condition: chain.condition === undefined ? undefined : over(chain.condition),
    });
  }
  const input = translator.translate(chain.base);
  return isIdentity(chain) ? input : addCalc(graph, input, chain);
}

export interface CalcSpec {
  readonly fields: readonly Field[];
  readonly expressions: readonly BoundExpression[];
  readonly condition: BoundExpression | undefined;
}

/** A filter and projection; nothing when it would pass its input on as it is. */
export function addCalc(
  graph: DraftGraph,
  input: Draft,
  { fields, expressions, condition }: CalcSpec,
): Draft {
  const places = expressions.map((expression) => (expression.kind === "column" ? expression.index : -1));
  const named = fields.map(
    (field, index): Field => ({
      name: field.name,
      type: expressions[index]?.type ?? field.type,
      // A time attribute is one only as it comes, not behind an expression or an operator that lets rows wait.
      time:
        places[index] === undefined || places[index] < 0
          ? procTime(expressions[index])
          : input.fields[places[index]]?.time,
    }),
  );
  const isPlain =
    condition === undefined &&
    places.length === input.fields.length &&
    places.every((place, index) => place === index && named[index]?.name === input.fields[index]?.name);
  if (isPlain) return input;
  const moved = (column: number): number | undefined => {
    const place = places.indexOf(column);
    return place < 0 ? undefined : place;
  };
  return graph.add({
    fields: named,
    inputs: [forward(input)],
    changes: input.changes,
    key: movedKey(input.key, moved),
    window: movedWindow(input.window, moved),
    name: "Calc",
    details: calcText(input, named, expressions, condition),
    // A row that no longer fits must be withdrawn as it was.
    needsUpdateBefore: condition === undefined || isInsertOnly(input.changes) ? "asOutput" : "always",
    operator: () => ({ kind: "calc", condition, expressions }),
  });
}

function procTime(expression: BoundExpression | undefined): Field["time"] {
  return expression?.kind === "call" && expression.function === "proctime" ? "proctime" : undefined;
}

function movedKey(
  key: readonly number[] | undefined,
  moved: (column: number) => number | undefined,
): readonly number[] | undefined {
  const places = key?.map(moved);
  return places?.every((place) => place !== undefined) ? places : undefined;
}

function movedWindow(
  window: WindowColumns | undefined,
  moved: (column: number) => number | undefined,
): WindowColumns | undefined {
  if (window === undefined) return undefined;
  const place = (column: number | undefined): number | undefined =>
    column === undefined ? undefined : moved(column);
  const found = { ...window, start: place(window.start), end: place(window.end), time: place(window.time) };
  return found.start === undefined && found.end === undefined ? undefined : found;
}

function calcText(
  input: Draft,
  fields: readonly Field[],
  expressions: readonly BoundExpression[],
  condition: BoundExpression | undefined,
): string {
  const select = expressions.map((expression, index) => {
    const text = expressionText(expression, input.fields);
    const name = fields[index]?.name ?? "";
    return text === name ? text : `${text} AS ${name}`;
  });
  const where = condition === undefined ? "" : `, where=[${expressionText(condition, input.fields)}]`;
  return `select=[${select.join(", ")}]${where}`;
}
