import type { Span } from "../../position.ts";
import type { QualifiedName } from "../ast/name.ts";
import type { Query } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import type { ScalarFunction } from "../functions/scalar-function.ts";
import type { Relation } from "../relation.ts";
import type { ExpressionKeys } from "./expression-key.ts";
import type { Scope } from "./scope.ts";
import type { WindowColumnsMemo } from "./window-columns.ts";

/** What the binder asks while it binds one statement. */
export interface StatementContext {
  /** The statement; spans of its tree count in it. */
  readonly text: string;
  /** A table or view by one to three parts. @throws SqlError when there is none */
  table(name: QualifiedName, options: Readonly<Record<string, string>>): NamedRelation;
  /** Temporary functions of the program, by their names in lower case. */
  function(name: string): ScalarFunction | undefined;
  functionNames(): readonly string[];
  readonly keys: ExpressionKeys;
  /** Where columns were written. */
  readonly spans: WeakMap<BoundExpression, Span>;
  readonly windowColumns: WindowColumnsMemo;
  /** Ties the files of expressions and of queries together, which need each other. */
  readonly queries: QueryBinder;
}

export interface NamedRelation {
  readonly relation: Relation;
  readonly path: readonly [string, string, string];
}

export interface QueryBinder {
  bind(query: Query, context: QueryContext): Relation;
}

/** Where a query stands. */
export interface QueryContext {
  readonly statement: StatementContext;
  /** What WITH has said so far, the nearest last. */
  readonly tables: readonly CommonRelation[];
  /** The query around, whose columns may be meant by mistake or in EXISTS. */
  readonly outer: Scope | undefined;
  /** How many IN and EXISTS are around. */
  readonly depth: number;
}

export interface CommonRelation {
  readonly name: string;
  readonly relation: Relation;
}
