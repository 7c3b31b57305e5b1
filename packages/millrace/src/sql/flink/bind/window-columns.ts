import type { Relation } from "../relation.ts";

/** Where a relation carries the bounds of a window that it was put into before. */
export interface WindowColumns {
  readonly start: number;
  readonly end: number;
  /** Undefined where it was not selected. */
  readonly time: number | undefined;
}

/** Window columns by relation, each found once. */
export type WindowColumnsMemo = WeakMap<Relation, WindowColumns | "none">;

/** The window's columns where they are still there, under whatever names. */
export function windowColumns(relation: Relation, memo: WindowColumnsMemo): WindowColumns | undefined {
  const known = memo.get(relation);
  if (known !== undefined) return known === "none" ? undefined : known;
  const found = find(relation, memo);
  memo.set(relation, found ?? "none");
  return found;
}

function find(relation: Relation, memo: WindowColumnsMemo): WindowColumns | undefined {
  switch (relation.kind) {
    case "windowTable": {
      const start = relation.fields.length - 3;
      return { start, end: start + 1, time: start + 2 };
    }
    case "project": {
      const { expressions } = relation;
      return placed(windowColumns(relation.input, memo), (column) =>
        expressions.findIndex((item) => item.kind === "column" && item.index === column),
      );
    }
    case "aggregate": {
      const { groups } = relation;
      return placed(windowColumns(relation.input, memo), (column) => groups.indexOf(column));
    }
    case "filter":
    case "over":
    case "unnest":
    case "sort":
      return windowColumns(relation.input, memo);
    case "join":
      return windowColumns(relation.left, memo);
    default:
      return undefined;
  }
}

function placed(
  columns: WindowColumns | undefined,
  place: (column: number) => number,
): WindowColumns | undefined {
  if (columns === undefined) return undefined;
  const [start, end] = [place(columns.start), place(columns.end)];
  const time = columns.time === undefined ? -1 : place(columns.time);
  if (start < 0 || end < 0) return undefined;
  return { start, end, time: time < 0 ? undefined : time };
}
