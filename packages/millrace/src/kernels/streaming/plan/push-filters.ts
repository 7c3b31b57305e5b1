import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type { JoinRelation, JoinType, Relation } from "../../../sql/flink/relation.ts";
import {
  columnsOf,
  conjunction,
  conjunctsOf,
  inline,
  isVolatile,
  mapColumns,
  staySmall,
} from "./expression-walk.ts";

type Conditions = readonly BoundExpression[];

/**
 * Moves conditions down to where fewer rows are. What stays above an OVER are conditions that its partitions do
 * not decide: among them bounds of ranks.
 */
export function pushFilters(relation: Relation, above: Conditions = []): Relation {
  switch (relation.kind) {
    case "filter":
      return pushFilters(relation.input, [...above, ...conjunctsOf(relation.condition)]);
    case "project": {
      const { expressions } = relation;
      const [down, stay] = split(
        above,
        (condition) => readsStable(condition, expressions) && staySmall([condition], expressions),
      );
      const input = pushFilters(
        relation.input,
        down.map((condition) => inline(condition, expressions)),
      );
      return filtered({ ...relation, input }, stay);
    }
    case "union":
      return { ...relation, inputs: relation.inputs.map((input) => pushFilters(input, above)) };
    case "join":
      return pushIntoJoin(relation, above);
    case "aggregate":
      return pushBelowGroups(relation, above);
    case "windowTable": {
      const { shape, input } = relation;
      // A session is made of all rows of its key: only whole keys may be left out.
      const own = shape.kind === "session" ? new Set(shape.partition) : firstColumns(input.fields.length);
      return pushBelow(relation, above, own);
    }
    case "over":
    case "rank":
      return pushBelow(relation, above, new Set(relation.partition));
    case "unnest":
      return pushBelow(relation, above, firstColumns(relation.input.fields.length));
    case "sort":
      if (relation.fetch === undefined && relation.offset === 0)
        return { ...relation, input: pushFilters(relation.input, above) };
      return filtered({ ...relation, input: pushFilters(relation.input) }, above);
    case "scan":
    case "values":
      return filtered(relation, above);
  }
}

function pushBelow(
  relation: Extract<Relation, { readonly kind: "windowTable" | "over" | "rank" | "unnest" }>,
  above: Conditions,
  own: ReadonlySet<number>,
): Relation {
  const [down, stay] = split(above, (condition) => readsOnly(condition, own));
  return filtered({ ...relation, input: pushFilters(relation.input, down) }, stay);
}

function pushBelowGroups(
  relation: Extract<Relation, { readonly kind: "aggregate" }>,
  above: Conditions,
): Relation {
  const { groups } = relation;
  const [down, stay] = split(above, (condition) => readsOnly(condition, firstColumns(groups.length)));
  const moved = down.map((condition) =>
    mapColumns(condition, (index, type) => ({ kind: "column", type, index: groups[index] ?? -1 })),
  );
  return filtered({ ...relation, input: pushFilters(relation.input, moved) }, stay);
}

/** Sides whose rows a condition above the join, or in its ON, may leave out before the join. */
const pushable: Readonly<
  Record<JoinType, { readonly above: readonly Side[]; readonly on: readonly Side[] }>
> = {
  inner: { above: ["left", "right"], on: ["left", "right"] },
  left: { above: ["left"], on: ["right"] },
  right: { above: ["right"], on: ["left"] },
  full: { above: [], on: [] },
  semi: { above: ["left"], on: ["left", "right"] },
  anti: { above: ["left"], on: ["right"] },
};
type Side = "left" | "right";

function pushIntoJoin(relation: JoinRelation, above: Conditions): Relation {
  const leftCount = relation.left.fields.length;
  const rules = pushable[relation.type];
  const sideOf = (condition: BoundExpression): Side | undefined => {
    const columns = [...columnsOf(condition)];
    if (columns.length === 0) return undefined;
    if (columns.every((column) => column < leftCount)) return "left";
    return columns.every((column) => column >= leftCount) ? "right" : undefined;
  };
  const down: Record<Side, BoundExpression[]> = { left: [], right: [] };
  const take = (conditions: Conditions, sides: readonly Side[]): BoundExpression[] =>
    conditions.filter((condition) => {
      const side = sideOf(condition);
      if (side === undefined || !sides.includes(side)) return true;
      down[side].push(condition);
      return false;
    });
  // NOT IN asks whether any row of the right side is NULL: none may be left out.
  const own = conjunctsOf(relation.condition);
  const on = relation.isNullAware === true ? own : take(own, rules.on);
  const stay = take(above, rules.above);
  const [merged, outside] = relation.type === "inner" ? [stay, []] : [[], stay];
  const right = down.right.map((condition) =>
    mapColumns(condition, (index, type) => ({ kind: "column", type, index: index - leftCount })),
  );
  return filtered(
    {
      ...relation,
      left: pushFilters(relation.left, down.left),
      right: pushFilters(relation.right, right),
      condition: conjunction([...on, ...merged]),
    },
    outside,
  );
}

function filtered(input: Relation, conditions: Conditions): Relation {
  const condition = conjunction(conditions);
  return condition === undefined ? input : { kind: "filter", fields: input.fields, input, condition };
}

function readsOnly(condition: BoundExpression, columns: ReadonlySet<number>): boolean {
  return !isVolatile(condition) && [...columnsOf(condition)].every((column) => columns.has(column));
}

function readsStable(condition: BoundExpression, projection: readonly BoundExpression[]): boolean {
  if (isVolatile(condition)) return false;
  return [...columnsOf(condition)].every((column) => !isVolatile(projection[column] as BoundExpression));
}

function firstColumns(count: number): ReadonlySet<number> {
  return new Set(Array.from({ length: count }, (_, index) => index));
}

function split(
  conditions: Conditions,
  goesDown: (condition: BoundExpression) => boolean,
): [Conditions, Conditions] {
  const down = conditions.filter(goesDown);
  return [down, conditions.filter((condition) => !down.includes(condition))];
}
