import type { BoundExpression, CallExpression, CaseExpression } from "../../../sql/flink/bound-expression.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import { emitEquality } from "./emit-comparison.ts";
import { assign, type EmitCall, type Emitter, openSlot, type Term } from "./term.ts";

/** A condition that holds when the BOOLEAN of a term is TRUE, or FALSE. */
export function isTrue(term: Term): string {
  return term.nil === undefined ? term.text : `(!${paren(term.nil)} && ${term.text})`;
}

function isFalse(term: Term): string {
  return term.nil === undefined ? `!${term.text}` : `(!${paren(term.nil)} && !${term.text})`;
}

function paren(text: string): string {
  return text.includes(" ") ? `(${text})` : text;
}

/** AND and OR: one FALSE (TRUE) decides, whatever else is NULL; what stands behind it is not evaluated. */
export function emitConnective(emitter: Emitter, call: CallExpression): Term {
  const { code } = emitter;
  const decides = call.function === "or" ? isTrue : isFalse;
  const decided = String(call.function === "or");
  const [first, ...rest] = call.arguments.flatMap((argument) => flatten(call.function, argument));
  if (first === undefined) throw new TypeError("a connective without arguments");
  const head = emitter.emit(first);
  const slot = openSlot(emitter, call.type);
  const label = code.name("L");
  code.line(`${slot.value} = ${String(call.function !== "or")};`);
  code.block(`${label}:`, () => {
    const step = (term: Term): void => {
      code.line(`if (${decides(term)}) { ${slot.value} = ${decided}; ${slot.nil} = false; break ${label}; }`);
      if (term.nil !== undefined) code.line(`if (${term.nil}) ${slot.nil} = true;`);
    };
    step(head);
    for (const argument of rest) step(emitter.emit(argument));
  });
  return { text: slot.value, nil: slot.nil };
}

/** `a AND (b AND c)` as three, so that conditions of any length nest no deeper in the code. */
export function flatten(name: string, expression: BoundExpression): readonly BoundExpression[] {
  if (expression.kind !== "call" || expression.function !== name) return [expression];
  return expression.arguments.flatMap((argument) => flatten(name, argument));
}

/** The same where only TRUE matters. */
export function connectiveTruth(emitter: Emitter, call: CallExpression): string {
  const { code } = emitter;
  const isOr = call.function === "or";
  const [first, ...rest] = call.arguments.flatMap((argument) => flatten(call.function, argument));
  if (first === undefined) throw new TypeError("a connective without arguments");
  const value = code.name("b");
  code.line(`let ${value} = ${emitter.truth(first)};`);
  const label = code.name("L");
  code.block(`${label}:`, () => {
    for (const argument of rest) {
      code.line(`if (${isOr ? value : `!${value}`}) break ${label};`);
      code.line(`${value} = ${emitter.truth(argument)};`);
    }
  });
  return value;
}

export const emitNot: EmitCall = (emitter, call) => {
  const operand = emitter.emit(argumentOf(call, 0));
  return { text: `!${operand.text}`, nil: operand.nil };
};

const tests: ReadonlyMap<string, (term: Term) => string> = new Map([
  ["is null", (term: Term) => term.nil ?? "false"],
  ["is not null", (term: Term) => (term.nil === undefined ? "true" : `!(${term.nil})`)],
  ["is true", isTrue],
  ["is not true", (term: Term) => `!${isTrue(term)}`],
  ["is false", isFalse],
  ["is not false", (term: Term) => `!${isFalse(term)}`],
]);

/** IS NULL and its relatives: never NULL themselves. */
export const emitTest: EmitCall = (emitter, call) => {
  const operand = emitter.emit(argumentOf(call, 0));
  const test = tests.get(call.function);
  if (test === undefined) throw new TypeError(`no test ${call.function}`);
  return { text: `(${test(operand)})`, nil: undefined };
};

export function emitCase(emitter: Emitter, expression: CaseExpression): Term {
  return emitBranches(
    emitter,
    expression.type,
    expression.branches.map(({ when, result }) => ({ when: () => emitter.truth(when), result })),
    expression.otherwise,
  );
}

interface Branch {
  readonly when: () => string;
  readonly result: BoundExpression;
}

function emitBranches(
  emitter: Emitter,
  type: FlinkType,
  branches: readonly Branch[],
  otherwise: BoundExpression,
): Term {
  const { code } = emitter;
  // The first condition is always evaluated: what it computes is seen by the code behind.
  const first = branches[0]?.when();
  const slot = openSlot(emitter, type);
  const label = code.name("L");
  code.block(`${label}:`, () => {
    branches.forEach((branch, index) => {
      const condition = index === 0 ? first : branch.when();
      code.block(`if (${condition})`, () => {
        assign(emitter, slot, emitter.emit(branch.result));
        code.line(`break ${label};`);
      });
    });
    assign(emitter, slot, emitter.emit(otherwise));
  });
  return { text: slot.value, nil: slot.nil };
}

/** IF(condition, a, b). */
export const emitIf: EmitCall = (emitter, call) =>
  emitBranches(
    emitter,
    call.type,
    [{ when: () => emitter.truth(argumentOf(call, 0)), result: argumentOf(call, 1) }],
    argumentOf(call, 2),
  );

/** COALESCE, IFNULL: the first that is not NULL; those behind it are not evaluated. */
export const emitCoalesce: EmitCall = (emitter, call) => {
  const { code } = emitter;
  const head = emitter.emit(argumentOf(call, 0));
  if (head.nil === undefined || call.arguments.length === 1) return head;
  const slot = openSlot(emitter, call.type);
  const label = code.name("L");
  code.block(`${label}:`, () => {
    code.line(`if (!(${head.nil})) { ${slot.value} = ${head.text}; break ${label}; }`);
    for (const argument of call.arguments.slice(1)) {
      const term = emitter.emit(argument);
      if (term.nil === "true") continue;
      if (term.nil === undefined) code.line(`${slot.value} = ${term.text}; break ${label};`);
      else code.line(`if (!(${term.nil})) { ${slot.value} = ${term.text}; break ${label}; }`);
      if (term.nil === undefined) return;
    }
    code.line(`${slot.nil} = true;`);
  });
  return { text: slot.value, nil: slot.nil };
};

/** NULLIF(a, b): NULL when they are equal, else a. */
export const emitNullIf: EmitCall = (emitter, call) => {
  const { code } = emitter;
  const value = emitter.emit(argumentOf(call, 0));
  const equal = emitEquality(emitter, argumentOf(call, 0), argumentOf(call, 1));
  const nil = code.name("n");
  const isNil = value.nil === undefined ? "" : `(${value.nil}) || `;
  code.line(`const ${nil} = ${isNil}${isTrue(equal)};`);
  return { text: value.text, nil };
};

/** a IN (b, c, ...): TRUE when one is equal, else NULL when one of them or a is NULL. */
export const emitIn: EmitCall = (emitter, call) => {
  const { code } = emitter;
  const needle = argumentOf(call, 0);
  const list = call.arguments.slice(1);
  const inSet = emitInSet(emitter, needle, list);
  if (inSet !== undefined) return inSet;
  const value = emitter.emit(needle);
  const slot = openSlot(emitter, call.type);
  const label = code.name("L");
  code.block(`${label}:`, () => {
    if (value.nil !== undefined) code.line(`if (${value.nil}) { ${slot.nil} = true; break ${label}; }`);
    for (const element of list) {
      const equal = emitEquality(emitter, needle, element);
      code.line(`if (${isTrue(equal)}) { ${slot.value} = true; ${slot.nil} = false; break ${label}; }`);
      if (equal.nil !== undefined) code.line(`if (${equal.nil}) ${slot.nil} = true;`);
    }
  });
  return { text: slot.value, nil: slot.nil };
};

const minSetSize = 5;

/** Many constants: one look into a set. */
function emitInSet(
  emitter: Emitter,
  needle: BoundExpression,
  list: readonly BoundExpression[],
): Term | undefined {
  const isPlain = ["varchar", "int", "smallint", "tinyint", "double", "date"].includes(needle.type.kind);
  if (!isPlain || list.length < minSetSize) return undefined;
  const values: unknown[] = [];
  for (const element of list) {
    if (element.kind !== "literal" || element.value === null) return undefined;
    values.push(element.value);
  }
  const value = emitter.emit(needle);
  const name = emitter.code.constant(new Set(values));
  const result = emitter.code.name("v");
  emitter.code.line(`const ${result} = ${name}.has(${value.text});`);
  return { text: result, nil: value.nil };
}

function argumentOf(call: CallExpression, index: number): BoundExpression {
  const argument = call.arguments[index];
  if (argument === undefined) throw new TypeError(`${call.function} has too few arguments`);
  return argument;
}
