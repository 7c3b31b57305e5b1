import type { BoundExpression, CallExpression } from "../../../sql/flink/bound-expression.ts";
import type { IntegerMode, ScalarFunction } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { CodeWriter, Term } from "./code-writer.ts";

export type { Term } from "./code-writer.ts";

/** What code of one kind of expression needs of the whole. */
export interface Emitter {
  readonly code: CodeWriter;
  readonly mode: IntegerMode;
  readonly functions: (name: string) => ScalarFunction | undefined;
  emit(expression: BoundExpression): Term;
  /** A condition that holds when the BOOLEAN is TRUE. */
  truth(expression: BoundExpression): string;
}

export type EmitCall = (emitter: Emitter, call: CallExpression) => Term;

/** How values look in generated code. */
export type Form = "boolean" | "i32" | "f64" | "i64" | "decimal" | "string" | "bytes" | "object";

export function formOf(type: FlinkType, mode: IntegerMode): Form {
  switch (type.kind) {
    case "boolean":
      return "boolean";
    case "tinyint":
    case "smallint":
    case "int":
    case "date":
    case "interval_months":
      return "i32";
    case "bigint":
      return mode === "exact" ? "i64" : "f64";
    case "float":
    case "double":
    case "time":
    case "timestamp":
    case "timestamp_ltz":
    case "interval_millis":
      return "f64";
    case "decimal":
      return "decimal";
    case "char":
    case "varchar":
      return "string";
    case "binary":
    case "varbinary":
      return "bytes";
    default:
      return "object";
  }
}

/** What a variable holds where its value is NULL, so that it has one type. */
export function blankOf(type: FlinkType, mode: IntegerMode): string {
  switch (formOf(type, mode)) {
    case "boolean":
      return "false";
    case "i32":
    case "f64":
      return "0";
    case "i64":
    case "decimal":
      return "0n";
    case "string":
      return '""';
    default:
      return "null";
  }
}

/** A condition that holds when one of the terms is NULL. */
export function anyNil(terms: readonly Term[]): string | undefined {
  const nils = terms.flatMap((term) => (term.nil === undefined ? [] : [term.nil]));
  if (nils.includes("true")) return "true";
  return nils.length === 0 ? undefined : [...new Set(nils)].join(" || ");
}

/**
 * A value that is NULL when one of the terms is. `isSafe`: may be computed of what stands in the place of NULL.
 */
export function strict(
  emitter: Emitter,
  type: FlinkType,
  terms: readonly Term[],
  text: string,
  isSafe: boolean,
): Term {
  const { code } = emitter;
  const nil = anyNil(terms);
  if (nil === "true") return { text: blankOf(type, emitter.mode), nil };
  const value = code.name("v");
  if (nil === undefined) {
    code.line(`const ${value} = ${text};`);
    return { text: value, nil: undefined };
  }
  const nilName = nil.includes(" ") ? code.name("n") : nil;
  if (nilName !== nil) code.line(`const ${nilName} = ${nil};`);
  if (isSafe) code.line(`const ${value} = ${text};`);
  else code.line(`const ${value} = ${nilName} ? ${blankOf(type, emitter.mode)} : ${text};`);
  return { text: value, nil: nilName };
}

/** As `strict`, of a text that may itself be null or undefined for NULL. */
export function strictOrNull(emitter: Emitter, type: FlinkType, terms: readonly Term[], text: string): Term {
  const { code } = emitter;
  const nil = anyNil(terms);
  const blank = blankOf(type, emitter.mode);
  if (nil === "true") return { text: blank, nil };
  const raw = code.name("t");
  const value = code.name("v");
  const nilName = code.name("n");
  code.line(`const ${raw} = ${nil === undefined ? text : `(${nil}) ? null : ${text}`};`);
  code.line(`const ${nilName} = ${raw} == null;`);
  if (blank === "null") return { text: raw, nil: nilName };
  code.line(`const ${value} = ${nilName} ? ${blank} : ${raw};`);
  return { text: value, nil: nilName };
}

/** Two variables that lazily evaluated branches assign to. */
export interface Slot {
  readonly value: string;
  readonly nil: string;
}

export function openSlot(emitter: Emitter, type: FlinkType): Slot {
  const slot = { value: emitter.code.name("v"), nil: emitter.code.name("n") };
  emitter.code.line(`let ${slot.value} = ${blankOf(type, emitter.mode)}, ${slot.nil} = false;`);
  return slot;
}

export function assign(emitter: Emitter, slot: Slot, term: Term): void {
  const { code } = emitter;
  if (term.nil === "true") code.line(`${slot.nil} = true;`);
  else if (term.nil === undefined) code.line(`${slot.value} = ${term.text};`);
  else code.line(`if (${term.nil}) ${slot.nil} = true; else ${slot.value} = ${term.text};`);
}
