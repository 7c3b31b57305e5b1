import type { Identifier } from "../flink/ast/name.ts";
import type { Expression, FromItem, Query, SelectItem } from "../flink/ast/tree.ts";
import { SqlError } from "../sql-error.ts";
import { columnOf } from "./build-tree.ts";

/** What a query may read: in-application streams, views and reference tables, with the columns that `*` stands for. */
export interface StreamNames {
  columnsOf(name: string): readonly string[] | undefined;
  /** Whether rows come with a ROWTIME: reference tables have none. */
  isStream(name: string): boolean;
}

/** One item behind FROM. */
export interface ScopeItem {
  readonly qualifier: Identifier | undefined;
  readonly columns: readonly string[];
  readonly isStream: boolean;
}

/** The items of a FROM clause whose queries are rewritten already. @param subqueryColumns of a query in brackets */
export function scopeOf(
  items: readonly FromItem[],
  names: StreamNames,
  subqueryColumns: (item: FromItem) => readonly string[],
  origin: number,
): readonly ScopeItem[] {
  return items.flatMap((item): readonly ScopeItem[] => {
    switch (item.kind) {
      case "join":
        return scopeOf([item.left, item.right], names, subqueryColumns, origin);
      case "table": {
        const last = item.name.parts.at(-1);
        const columns = last === undefined ? undefined : names.columnsOf(last.name);
        if (last === undefined || columns === undefined) {
          const position = origin + item.span.start;
          throw new SqlError("42P01", `in-application stream "${last?.name ?? ""}" does not exist`, {
            position,
          });
        }
        return [{ qualifier: item.alias ?? last, columns, isStream: names.isStream(last.name) }];
      }
      default:
        return [{ qualifier: item.alias, columns: subqueryColumns(item), isStream: true }];
    }
  });
}

/** Select items in which each star is the columns it stands for; ROWTIME is none of them. */
export function expandStars(
  items: readonly SelectItem[],
  scope: readonly ScopeItem[],
  origin: number,
): readonly SelectItem[] {
  return items.flatMap(({ expression, alias }): readonly SelectItem[] => {
    if (expression.kind !== "star") {
      return [{ expression, alias }];
    }
    const wanted = expression.qualifier.at(-1)?.name;
    const found = scope.filter(({ qualifier }) => wanted === undefined || qualifier?.name === wanted);
    if (found.length === 0) {
      const position = origin + expression.span.start;
      throw new SqlError("42P01", `"${wanted ?? "*"}" is nothing that FROM names`, { position });
    }
    return found.flatMap(({ qualifier, columns }) =>
      columns.map((name) => ({ expression: columnOf(qualifier, name, expression.span), alias: undefined })),
    );
  });
}

/** The name of a column that comes out of a query. */
export const outputName = ({ expression, alias }: SelectItem, index: number): string =>
  alias?.name ?? (expression.kind === "reference" ? (expression.parts.at(-1)?.name ?? "") : `EXPR$${index}`);

/** Whether an expression holds an aggregate that has no window of OVER. */
export function hasAggregate(expression: Expression): boolean {
  const pending: unknown[] = [expression];
  while (pending.length > 0) {
    const part = pending.pop();
    if (typeof part !== "object" || part === null) {
      continue;
    }
    if (Array.isArray(part)) {
      pending.push(...part);
      continue;
    }
    const node = part as Partial<Expression> | Query;
    if (node.kind === "query") {
      continue;
    }
    if (node.kind === "call" && node.over === undefined && isAggregate(node.name?.parts.at(-1)?.name)) {
      return true;
    }
    pending.push(...Object.values(part));
  }
  return false;
}

const AGGREGATES: ReadonlySet<string> = new Set(
  "AVG COUNT MAX MIN SUM STDDEV_POP STDDEV_SAMP VAR_POP VAR_SAMP FIRST_VALUE LAST_VALUE LISTAGG".split(" "),
);

export const isAggregate = (name: string | undefined): boolean =>
  name !== undefined && AGGREGATES.has(name.toUpperCase());
