import type { BoundExpression, CallExpression, Value } from "../../../sql/flink/bound-expression.ts";
import type { ScalarSignature } from "../../../sql/flink/functions/scalar-function.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { emitArithmetic, emitNegate } from "./emit-arithmetic.ts";
import { emitComparison, emitDistinct } from "./emit-comparison.ts";
import { emitCoalesce, emitConnective, emitIf, emitIn, emitNot, emitNullIf, emitTest } from "./emit-logic.ts";
import { holdsLongs, inMode } from "./literal-value.ts";
import { type EmitCall, type Emitter, strict, strictOrNull, type Term } from "./term.ts";

/** What the compiler makes itself, by the names of the table of functions. */
const builtins: ReadonlyMap<string, EmitCall> = new Map<string, EmitCall>([
  ["and", emitConnective],
  ["or", emitConnective],
  ["not", emitNot],
  ...["is null", "is not null", "is true", "is not true", "is false", "is not false"].map(
    (name): [string, EmitCall] => [name, emitTest],
  ),
  ...["=", "<>", "<", "<=", ">", ">="].map((name): [string, EmitCall] => [name, emitComparison]),
  ["is distinct from", emitDistinct],
  ["is not distinct from", emitDistinct],
  ["in", emitIn],
  ["coalesce", emitCoalesce],
  ["ifnull", emitCoalesce],
  ["nullif", emitNullIf],
  ["if", emitIf],
  ["negate", emitNegate],
]);

const arithmetic: readonly string[] = ["+", "-", "*", "/", "%", "mod"];

/** A call of a function. @throws TypeError for a function that the binder should have refused */
export function emitCall(emitter: Emitter, call: CallExpression): Term {
  const builtin = builtins.get(call.function);
  if (builtin !== undefined) return builtin(emitter, call);
  if (call.function === "proctime") return { text: "E.nowMs", nil: undefined };
  if (call.function === "current_watermark") {
    throw new SqlError("0A000", "CURRENT_WATERMARK is not supported yet; it runs on Apache Flink itself");
  }
  const signature = signatureOf(emitter, call);
  if (signature.code.kind === "builtin") {
    if (arithmetic.includes(call.function)) return emitArithmetic(emitter, call);
    throw new TypeError(`the compiler of expressions has no ${call.function}`);
  }
  return emitFunction(emitter, call, signature);
}

function signatureOf(emitter: Emitter, call: CallExpression): ScalarSignature {
  const entry = emitter.functions(call.function);
  if (entry === undefined) throw new TypeError(`no function ${call.function}`);
  const signature = entry.resolve(
    call.arguments.map((argument) => argument.type),
    call.arguments.map(literalOf),
  );
  if (signature === undefined) throw new TypeError(`${call.function} does not take these arguments`);
  return signature;
}

function literalOf(expression: BoundExpression): Value | undefined {
  return expression.kind === "literal" ? expression.value : undefined;
}

function emitFunction(emitter: Emitter, call: CallExpression, { code }: ScalarSignature): Term {
  const terms = call.arguments.map((argument) => emitter.emit(argument));
  switch (code.kind) {
    case "inline": {
      const names = terms.map((term) => term.text);
      const text = converted(emitter, call, `(${code.text(names, emitter.mode)})`);
      return strict(emitter, call.type, terms, text, false);
    }
    case "strict": {
      const text = `${emitter.code.constant(code.call)}(${terms.map((term) => term.text).join(", ")})`;
      return strictOrNull(emitter, call.type, terms, converted(emitter, call, text));
    }
    case "nullable": {
      const text = `${emitter.code.constant(code.call)}(${terms.map(orNull).join(", ")})`;
      return strictOrNull(emitter, call.type, [], converted(emitter, call, text));
    }
    case "context": {
      const text = `${emitter.code.constant(code.call)}(${["E", ...terms.map(orNull)].join(", ")})`;
      return strictOrNull(emitter, call.type, [], converted(emitter, call, text));
    }
    case "builtin":
      throw new TypeError(`the compiler of expressions has no ${call.function}`);
  }
}

function orNull(term: Term): string {
  if (term.nil === undefined) return term.text;
  return term.nil === "true" ? "null" : `((${term.nil}) ? null : ${term.text})`;
}

/** Functions may answer BIGINT as number or bigint, whatever the mode. */
function converted(emitter: Emitter, call: CallExpression, text: string): string {
  const { type } = call;
  if (!holdsLongs(type)) return text;
  const { mode } = emitter;
  const convert = (value: Value | undefined): Value =>
    value === undefined ? null : inMode(value, type, mode);
  return `${emitter.code.constant(convert)}(${text})`;
}
