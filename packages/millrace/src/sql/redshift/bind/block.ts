import type { Span } from "../../position.ts";
import { SqlError } from "../../sql-error.ts";
import type { Expression } from "../ast/expression.ts";
import type { FromItem, Query } from "../ast/query.ts";
import type { SqlType } from "../types.ts";
import type { Bound } from "./bound.ts";
import type { BoundColumn } from "./name-space.ts";
import { emptyScope, type Scope, type ScopeColumn } from "./scope.ts";
import type { Place, StatementState } from "./statement-state.ts";

/** A query's column as what stands around the query sees it; the engine calls them c1, c2, ... */
export interface QueryColumn extends BoundColumn {
  readonly blankFree: boolean;
  /** A literal without a type, which INSERT or a set operation may still give one. */
  readonly untyped: boolean;
}

export interface BoundQuery {
  readonly sql: string;
  readonly columns: readonly QueryColumn[];
  /** What it is made of, for the patterns of correlated subqueries that Redshift refuses. */
  readonly correlated: boolean;
  readonly hasWindows: boolean;
  readonly isGrouped: boolean;
}

/** A common table expression, or a recursive one while its own query is bound. */
export interface CommonTableBinding {
  readonly name: string;
  readonly engineName: string;
  readonly columns: readonly QueryColumn[];
  /** Called when a query names it. */
  readonly noteUse?: () => void;
}

/** What one part of the binder asks of the others; handed in, so that the parts do not import one another. */
export interface Binders {
  expression(expression: Expression, block: Block): Bound;
  /** @param expected types that a VALUES list or literals are for */
  query(query: Query, frame: Frame, expected?: readonly (SqlType | undefined)[]): BoundQuery;
  fromItem(item: FromItem, block: Block): FromPart;
}

/** An item of FROM, printed, with the names that it gives. */
export interface FromPart {
  readonly sql: string;
  readonly scope: Scope;
}

/** Where a query stands. */
export interface Frame {
  readonly state: StatementState;
  readonly binders: Binders;
  readonly place: Place;
  /** The query around it, whose columns it may name. */
  readonly parent: Block | undefined;
  readonly commonTables: ReadonlyMap<string, CommonTableBinding>;
}

/** Something that is grouped by. */
export interface GroupKey {
  /** As it stands in GROUP BY. */
  readonly grouped: string;
  /** What is printed for it elsewhere: for a text the value of one row, since rows differ in trailing blanks. */
  readonly shown: string;
}

/** A column that stands outside of an aggregate, and so must be grouped by where there are groups. */
export interface ColumnUse {
  readonly column: ScopeColumn;
  readonly span: Span;
}

export type Clause =
  | ("SELECT" | "WHERE" | "HAVING" | "QUALIFY" | "GROUP BY" | "ORDER BY" | "JOIN" | "FROM" | "LIMIT")
  | ("VALUES" | "UPDATE" | "MERGE" | "RETURNING" | "DEFAULT" | "CONNECT BY" | "aggregate" | "window");

const allowsAggregates: readonly Clause[] = ["SELECT", "HAVING", "QUALIFY", "ORDER BY", "window"];
const allowsWindows: readonly Clause[] = ["SELECT", "QUALIFY", "ORDER BY"];

/** One SELECT (or what takes its place in a change of data) while it is bound. */
export class Block {
  readonly state: StatementState;
  readonly binders: Binders;
  readonly place: Place;
  readonly parent: Block | undefined;
  readonly commonTables: ReadonlyMap<string, CommonTableBinding>;
  scope: Scope = emptyScope;
  clause: Clause = "FROM";
  /** Columns used at this level so far, in the clause that is being bound. */
  uses: ColumnUse[] = [];
  /** By the SQL of what is grouped by. */
  groupKeys: ReadonlyMap<string, GroupKey> | undefined;
  /** What is bound is a condition of which only truth matters: NULL counts as false. */
  filtering = false;
  /** `filtering`, as it was for the expression that is bound now. */
  filters = false;
  aggregated = false;
  hasWindows = false;
  /** It, or a query inside of it, names columns of queries outside of it. */
  correlated = false;
  /** Meanings that names have where no column has them: lateral aliases, LEVEL of CONNECT BY. */
  fallback: ((name: string, span: Span) => Bound | undefined) | undefined;
  /** PRIOR and GROUPING are forms that their clauses give a meaning to. */
  special: ((expression: Expression) => Bound | undefined) | undefined;

  constructor(frame: Frame) {
    this.state = frame.state;
    this.binders = frame.binders;
    this.place = frame.place;
    this.parent = frame.parent;
    this.commonTables = frame.commonTables;
  }

  /** For a query inside of this one that may name its columns. */
  inner(): Frame {
    const { state, binders, place, commonTables } = this;
    return { state, binders, place, commonTables, parent: this };
  }

  /** For a query in FROM, which may not. */
  beside(): Frame {
    const { state, binders, place, commonTables, parent } = this;
    return { state, binders, place, commonTables, parent };
  }

  expression(expression: Expression): Bound {
    return this.binders.expression(expression, this);
  }

  query(query: Query): BoundQuery {
    return this.binders.query(query, this.inner());
  }

  /** Binds in another clause and comes back. */
  within<T>(clause: Clause, bind: () => T): T {
    const before = this.clause;
    this.clause = clause;
    try {
      return bind();
    } finally {
      this.clause = before;
    }
  }

  /** @throws SqlError 42803 */
  requireAggregates(span: Span): void {
    if (this.clause === "aggregate") {
      throw new SqlError("42803", "aggregate function calls may not be nested", { position: span.start });
    }
    if (!allowsAggregates.includes(this.clause)) {
      throw new SqlError("42803", `aggregates not allowed in ${clauseText(this.clause)}`, {
        position: span.start,
      });
    }
    this.aggregated = true;
  }

  /** @throws SqlError 42P20 */
  requireWindows(span: Span): void {
    if (this.clause === "window") {
      throw new SqlError("42P20", "window function calls may not be nested", { position: span.start });
    }
    if (this.clause === "aggregate") {
      throw new SqlError("42803", "aggregate function calls may not contain window function calls", {
        position: span.start,
      });
    }
    if (!allowsWindows.includes(this.clause)) {
      throw new SqlError("42P20", `window functions not allowed in ${clauseText(this.clause)}`, {
        position: span.start,
      });
    }
    this.hasWindows = true;
  }
}

function clauseText(clause: Clause): string {
  if (clause === "JOIN" || clause === "CONNECT BY") return `${clause} conditions`;
  if (clause === "LIMIT" || clause === "VALUES" || clause === "UPDATE" || clause === "MERGE") return clause;
  return `${clause} clause`;
}

/** What Millrace cannot say exactly in the engine's SQL, or Redshift refuses by the same state. */
export function notSupported(what: string, span?: Span): SqlError {
  return new SqlError("0A000", `${what} is not supported`, { position: span?.start });
}
