import type { BoundExpression } from "../bound-expression.ts";
import type { Relation } from "../relation.ts";
import { project } from "./build.ts";
import { column } from "./scope.ts";
import type { StatementContext } from "./statement-context.ts";

/** The columns of a relation, and those that it gets behind them because something needs them. */
export class ExtendedRelation {
  readonly added: BoundExpression[] = [];
  readonly #relation: Relation;
  readonly #statement: StatementContext;
  readonly #places = new Map<number, number>();

  constructor(relation: Relation, statement: StatementContext) {
    this.#relation = relation;
    this.#statement = statement;
  }

  /** The column of the expression, behind the others where it is none yet. */
  place(expression: BoundExpression): number {
    if (expression.kind === "column") return expression.index;
    const key = this.#statement.keys.of(expression);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.#relation.fields.length + this.added.push(expression) - 1;
    this.#places.set(key, place);
    return place;
  }

  relation(): Relation {
    if (this.added.length === 0) return this.#relation;
    const { fields } = this.#relation;
    const own = fields.map((field, index) => ({ name: field.name, expression: column(fields, index) }));
    const more = this.added.map((expression, index) => ({ name: `$o${index}`, expression }));
    return project(this.#relation, [...own, ...more], this.#statement.keys);
  }
}
