import type { Relation } from "../relation.ts";
import { withNullable } from "../type-rules.ts";
import { join } from "./build.ts";
import { type Marks, markOf } from "./expression-context.ts";
import type { Stage } from "./group.ts";
import { mapColumns } from "./rewrite.ts";
import { column } from "./scope.ts";

/** Queries as values among the marks: each a join that adds its one column. */
export function scalarStage(before: Stage, marks: Marks): Stage {
  const markColumns = new Map<number, number>();
  let { relation } = before;
  for (const [number, mark] of marks.list.entries()) {
    if (mark.kind !== "scalar query") continue;
    const value = hasOneRow(mark.relation) ? mark.relation : singleValue(mark.relation);
    markColumns.set(number, relation.fields.length);
    relation = join(relation, value, "left", undefined);
  }
  if (markColumns.size === 0) return before;
  const { fields } = relation;
  return {
    relation,
    rewrite: (expression) =>
      mapColumns(before.rewrite(expression), (part) => {
        const index = markColumns.get(markOf(part) ?? -1);
        return index === undefined ? part : column(fields, index);
      }),
  };
}

/** The only row of a query, or NULL; the job fails when there is more than one, as in Flink. */
function singleValue(input: Relation): Relation {
  const [field] = input.fields;
  if (field === undefined) throw new Error("a value has a column");
  const type = withNullable(field.type, true);
  return {
    kind: "aggregate",
    fields: [{ name: field.name, type }],
    input,
    groups: [],
    calls: [
      {
        function: "single_value",
        arguments: [0],
        isDistinct: false,
        filter: undefined,
        type,
        constants: [],
      },
    ],
  };
}

/** Whether there is never more than one row. */
function hasOneRow(relation: Relation): boolean {
  switch (relation.kind) {
    case "aggregate":
      return relation.groups.length === 0;
    case "values":
      return relation.rows.length <= 1;
    case "project":
    case "filter":
    case "over":
      return hasOneRow(relation.input);
    case "sort":
      return (relation.fetch !== undefined && relation.fetch <= 1) || hasOneRow(relation.input);
    case "join":
      return hasOneRow(relation.left) && hasOneRow(relation.right);
    default:
      return false;
  }
}
