import type { BoundExpression, CallExpression } from "../../../sql/flink/bound-expression.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import { compareStrings, compareValues, valuesEqual } from "../columns/index.ts";
import { eitherText } from "./small-decimal.ts";
import { type EmitCall, type Emitter, type Form, formOf, strict, type Term } from "./term.ts";

const booleanType: FlinkType = Object.freeze({ kind: "boolean", nullable: true });

const orders: ReadonlyMap<string, string> = new Map([
  ["<", "<"],
  ["<=", "<="],
  [">", ">"],
  [">=", ">="],
]);

/** `= <> < <= > >=`: NULL when one side is. Both sides have one type. */
export const emitComparison: EmitCall = (emitter, call) => {
  const [left, right] = sides(call);
  if (call.function === "=") return emitEquality(emitter, left, right);
  const form = formOf(left.type, emitter.mode);
  const terms = [emitter.emit(left), emitter.emit(right)] as const;
  const [a, b] = [terms[0].text, terms[1].text];
  if (call.function === "<>") {
    const small = eitherText(terms[0], terms[1], (x, y) => `${x} !== ${y}`);
    return strict(emitter, booleanType, terms, small ?? notEqualText(emitter, form, a, b), isPlain(form));
  }
  const order = orders.get(call.function);
  if (order === undefined) throw new TypeError(`no comparison ${call.function}`);
  const small = eitherText(terms[0], terms[1], (x, y) => `${x} ${order} ${y}`);
  if (small !== undefined) return strict(emitter, booleanType, terms, small, true);
  return strict(emitter, booleanType, terms, orderText(emitter, form, a, order, b), isNumberForm(form));
};

/** `=` of two expressions. */
export function emitEquality(emitter: Emitter, left: BoundExpression, right: BoundExpression): Term {
  const form = formOf(left.type, emitter.mode);
  const terms = [emitter.emit(left), emitter.emit(right)] as const;
  const small = eitherText(terms[0], terms[1], (a, b) => `${a} === ${b}`);
  const text = small ?? equalText(emitter, form, terms[0].text, terms[1].text);
  return strict(emitter, booleanType, terms, text, isPlain(form));
}

/** IS [NOT] DISTINCT FROM: NULL is a value like others; never NULL. */
export const emitDistinct: EmitCall = (emitter, call) => {
  const [left, right] = sides(call);
  const form = formOf(left.type, emitter.mode);
  const terms = [emitter.emit(left), emitter.emit(right)] as const;
  const equal = equalText(emitter, form, terms[0].text, terms[1].text);
  const [a, b] = [terms[0].nil ?? "false", terms[1].nil ?? "false"];
  const value = emitter.code.name("v");
  emitter.code.line(`const ${value} = ((${a}) || (${b})) ? (${a}) === (${b}) : ${equal};`);
  const isNot = call.function === "is not distinct from";
  return { text: isNot ? value : `!${value}`, nil: undefined };
};

function sides(call: CallExpression): readonly [BoundExpression, BoundExpression] {
  const [left, right] = call.arguments;
  if (left === undefined || right === undefined) throw new TypeError(`${call.function} has two arguments`);
  return [left, right];
}

/** What JavaScript's own operators compare as Flink does. */
function isPlain(form: Form): boolean {
  return form !== "bytes" && form !== "object";
}

function isNumberForm(form: Form): boolean {
  return form === "i32" || form === "f64" || form === "boolean";
}

function equalText(emitter: Emitter, form: Form, a: string, b: string): string {
  return isPlain(form) ? `(${a} === ${b})` : `${emitter.code.constant(valuesEqual)}(${a}, ${b})`;
}

function notEqualText(emitter: Emitter, form: Form, a: string, b: string): string {
  return isPlain(form) ? `(${a} !== ${b})` : `!${emitter.code.constant(valuesEqual)}(${a}, ${b})`;
}

function orderText(emitter: Emitter, form: Form, a: string, order: string, b: string): string {
  if (form === "string") return `(${emitter.code.constant(compareStrings)}(${a}, ${b}) ${order} 0)`;
  if (isPlain(form)) return `(${a} ${order} ${b})`;
  return `(${emitter.code.constant(compareValues)}(${a}, ${b}) ${order} 0)`;
}
