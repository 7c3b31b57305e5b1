import type { OverCall, OverRelation, SortKey } from "../relation.ts";
import { type Marks, markOf, type OverMark } from "./expression-context.ts";
import { ExtendedRelation } from "./extended-relation.ts";
import type { Stage } from "./group.ts";
import { mapColumns } from "./rewrite.ts";
import { column } from "./scope.ts";
import type { StatementContext } from "./statement-context.ts";

/** The calls with OVER among the marks: one relation for each window, one over the other. */
export function overStage(before: Stage, marks: Marks, statement: StatementContext): Stage {
  const markColumns = new Map<number, number>();
  let { relation } = before;
  for (const group of sameWindows(before, marks, statement)) {
    const extended = new ExtendedRelation(relation, statement);
    const partition = group.first.partition.map((item) => extended.place(item));
    const order = group.first.order.map(
      (item): SortKey => ({
        column: extended.place(item.expression),
        descending: item.descending,
        nullsFirst: item.nullsFirst,
      }),
    );
    const calls = group.marks.map(
      ({ mark }): OverCall => ({
        function: mark.call.function,
        arguments: mark.call.arguments.map((argument) => extended.place(argument)),
        isDistinct: mark.call.isDistinct,
        filter: mark.call.filter === undefined ? undefined : extended.place(mark.call.filter),
        type: mark.call.type,
        constants: mark.call.constants,
        frame: mark.frame,
      }),
    );
    const input = extended.relation();
    const added = calls.map((call, index) => ({ name: `$w${input.fields.length + index}`, type: call.type }));
    for (const [index, { number }] of group.marks.entries()) {
      markColumns.set(number, input.fields.length + index);
    }
    const fields = [...input.fields, ...added];
    relation = { kind: "over", fields, input, partition, order, calls } satisfies OverRelation;
  }
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

interface WindowGroup {
  readonly first: OverMark;
  readonly marks: { readonly number: number; readonly mark: OverMark }[];
}

/** The marks by their windows, over the relation of the stage before. */
function sameWindows(before: Stage, marks: Marks, statement: StatementContext): readonly WindowGroup[] {
  const groups = new Map<string, WindowGroup>();
  for (const [number, written] of marks.list.entries()) {
    if (written.kind !== "over") continue;
    const mark = rewritten(written, before);
    const key = JSON.stringify([
      mark.partition.map((item) => statement.keys.of(item)),
      mark.order.map((item) => [statement.keys.of(item.expression), item.descending, item.nullsFirst]),
    ]);
    const group = groups.get(key) ?? { first: mark, marks: [] };
    groups.set(key, group);
    group.marks.push({ number, mark });
  }
  return [...groups.values()];
}

function rewritten(mark: OverMark, { rewrite }: Stage): OverMark {
  const { call } = mark;
  return {
    ...mark,
    call: {
      ...call,
      arguments: call.arguments.map(rewrite),
      filter: call.filter === undefined ? undefined : rewrite(call.filter),
    },
    partition: mark.partition.map(rewrite),
    order: mark.order.map((item) => ({ ...item, expression: rewrite(item.expression) })),
  };
}
