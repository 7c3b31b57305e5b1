import type { Expression, Query, SortItem } from "../ast/tree.ts";

/** What the writers of parts need of each other. */
export interface TextWriter {
  /** In brackets when it binds more loosely than `binding`. */
  expression(expression: Expression, binding?: number): string;
  /** As something that subscripts, fields and casts may stand behind. */
  operand(expression: Expression): string;
  query(query: Query): string;
  sortItems(items: readonly SortItem[]): string;
}

/** A text as a literal. */
export const literalText = (value: string): string =>
  `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
