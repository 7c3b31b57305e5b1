import type { BoundExpression, Value } from "../../../sql/flink/bound-expression.ts";
import type { IntegerMode, ScalarFunction } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { CodeWriter } from "./code-writer.ts";
import { emitCall } from "./emit-call.ts";
import { emitCast } from "./emit-cast.ts";
import { connectiveTruth, emitCase, isTrue } from "./emit-logic.ts";
import { ExpressionIds } from "./expression-ids.ts";
import { inMode } from "./literal-value.ts";
import { smallLiteral } from "./small-decimal.ts";
import { blankOf, type Emitter, formOf, type Term } from "./term.ts";

/** Where the code finds a column's value in the row that it works on. */
export interface ColumnTexts {
  /** An element of its values, and the condition that it is NULL. */
  column(index: number): { readonly value: string; readonly nil: string | undefined };
}

/** Writes code that computes expressions, each once where it is used more often. */
export class ExpressionEmitter implements Emitter {
  readonly code: CodeWriter;
  readonly mode: IntegerMode;
  readonly functions: (name: string) => ScalarFunction | undefined;
  readonly #columns: ColumnTexts;
  readonly #ids: ExpressionIds;

  constructor(
    code: CodeWriter,
    mode: IntegerMode,
    functions: (name: string) => ScalarFunction | undefined,
    columns: ColumnTexts,
  ) {
    this.code = code;
    this.mode = mode;
    this.functions = functions;
    this.#columns = columns;
    this.#ids = new ExpressionIds(functions);
  }

  emit(expression: BoundExpression): Term {
    if (expression.kind === "literal") return this.#literal(expression.type, expression.value);
    const id = this.#ids.idOf(expression);
    const known = this.code.find(id);
    if (known !== undefined) return known;
    const term = this.#named(this.#emit(expression));
    this.code.remember(id, term);
    return term;
  }

  truth(expression: BoundExpression): string {
    const isConnective =
      expression.kind === "call" && (expression.function === "and" || expression.function === "or");
    if (isConnective && this.code.find(this.#ids.idOf(expression)) === undefined) {
      return connectiveTruth(this, expression);
    }
    return isTrue(this.emit(expression));
  }

  #emit(expression: BoundExpression): Term {
    switch (expression.kind) {
      case "literal":
        return this.#literal(expression.type, expression.value);
      case "column":
        return this.#column(expression.index, expression.type);
      case "call":
        return emitCall(this, expression);
      case "cast":
        return emitCast(this, expression);
      case "case":
        return emitCase(this, expression);
      case "field":
        return this.#field(expression.operand, expression.index, expression.type);
    }
  }

  #column(index: number, type: FlinkType): Term {
    const { value, nil } = this.#columns.column(index);
    const text = this.code.name("c");
    const isBoolean = formOf(type, this.mode) === "boolean";
    this.code.line(`const ${text} = ${isBoolean ? `${value} === 1` : value};`);
    if (nil === undefined) return { text, nil };
    const nilName = this.code.name("n");
    this.code.line(`const ${nilName} = ${nil};`);
    return { text, nil: nilName };
  }

  #field(operand: BoundExpression, index: number, type: FlinkType): Term {
    const row = this.emit(operand);
    const raw = this.code.name("f");
    const nil = this.code.name("n");
    const text = this.code.name("v");
    const element = `${row.text}[${Math.trunc(index)}]`;
    this.code.line(`const ${raw} = ${row.nil === undefined ? element : `(${row.nil}) ? null : ${element}`};`);
    this.code.line(`const ${nil} = ${raw} == null;`);
    const blank = blankOf(type, this.mode);
    if (blank === "null") return { text: raw, nil };
    this.code.line(`const ${text} = ${nil} ? ${blank} : ${raw};`);
    return { text, nil };
  }

  #literal(type: FlinkType, value: Value): Term {
    if (value === null) return { text: blankOf(type, this.mode), nil: "true" };
    const held = inMode(value, type, this.mode);
    if (typeof held === "boolean") return { text: String(held), nil: undefined };
    if (typeof held === "number" && Number.isFinite(held)) {
      return { text: Object.is(held, -0) ? "(-0)" : `(${held})`, nil: undefined };
    }
    if (typeof held === "bigint") {
      return { text: `(${held}n)`, nil: undefined, small: smallLiteral(type, held) };
    }
    return { text: this.code.constant(held), nil: undefined };
  }

  /** Terms are read more than once: what is more than a name gets one. */
  #named(term: Term): Term {
    // A DECIMAL becomes a bigint where it is read.
    const isName = term.small !== undefined || /^\(?-?[\w.]+\)?$/.test(term.text);
    const isNilName = term.nil === undefined || /^\w+$/.test(term.nil);
    if (isName && isNilName) return term;
    let { text, nil } = term;
    if (!isNilName) {
      nil = this.code.name("n");
      this.code.line(`const ${nil} = ${term.nil};`);
    }
    if (!isName) {
      text = this.code.name("v");
      this.code.line(`const ${text} = ${term.text};`);
    }
    return { text, nil, small: term.small };
  }
}
