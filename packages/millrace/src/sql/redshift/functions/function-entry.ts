import type { SessionValues } from "../bind/name-space.ts";
import type { SqlType } from "../types.ts";
import { type ParameterType, parseSignature, type Signature } from "./signature.ts";

export type FunctionKind = "scalar" | "aggregate" | "window" | "table";
export type Volatility = "immutable" | "stable" | "volatile";

/** An argument as the binder knows it before anything is printed. */
export interface Argument {
  readonly type: SqlType;
  /** The value of a literal, as text; null for NULL, undefined for what is no literal. */
  readonly constant?: string | null | undefined;
}

/** What is known of a call besides its arguments when it is resolved. */
export interface CallShape {
  readonly star?: boolean;
  readonly distinct?: boolean;
  readonly approximate?: boolean;
  /** Types of WITHIN GROUP (ORDER BY ...). */
  readonly withinGroup?: readonly SqlType[] | undefined;
  readonly over?: boolean;
}

/** An item of ORDER BY as engine SQL, with its direction and nulls written: `x DESC NULLS FIRST`. */
export interface OrderText {
  readonly sql: string;
  readonly descending: boolean;
  readonly nulls: "first" | "last";
}

/**
 * What is printed around a call. Every text that goes in or comes out can stand as an operand anywhere:
 * a name, a literal, a call, or something in brackets.
 */
export interface CallForm {
  readonly session: SessionValues;
  readonly distinct?: boolean;
  readonly withinGroup?: readonly OrderText[] | undefined;
  readonly nulls?: "ignore" | "respect" | undefined;
  /** What stands between the brackets of OVER (...); undefined without OVER. */
  readonly over?: string | undefined;
  /** Compute numerics in 128 bits throughout: slower, for a statement that overflowed without it. */
  readonly wide?: boolean;
  /** Told of each computation that `wide` would print in another way. */
  readonly narrowed?: () => void;
}

/** A call of a function, or an operator, whose meaning is found. */
export interface ResolvedCall {
  readonly name: string;
  readonly kind: FunctionKind;
  readonly volatility: Volatility;
  readonly type: SqlType;
  /** One for each argument: what it must be cast to (implicitly) before it is printed. */
  readonly parameterTypes: readonly SqlType[];
  /** Its text holds values of the session: the statement must be printed anew in another one. */
  readonly sessionValue: boolean;
  print(args: readonly string[], form: CallForm): string;
}

export interface PrintInput {
  /** Printed arguments, already cast to `types`. */
  readonly args: readonly string[];
  readonly types: readonly SqlType[];
  readonly constants: readonly (string | null | undefined)[];
  readonly type: SqlType;
  readonly form: CallForm;
}

export interface EntryOptions {
  readonly volatility?: Volatility;
  readonly sessionValue?: boolean;
  /** The result's type where it follows from more than the signature. Types are those of the cast arguments. */
  readonly result?: (types: readonly SqlType[], constants: readonly (string | null | undefined)[]) => SqlType;
  /** Parameters of a call with so many arguments, where the signature cannot say it; undefined where none fits. */
  readonly parameters?: (args: readonly Argument[]) => readonly ParameterType[] | undefined;
  /** Checks what types alone do not say; throws SqlError. */
  readonly check?: (args: readonly Argument[], shape: CallShape) => void;
}

export type Printer = (args: readonly string[], input: PrintInput) => string;

export interface FunctionEntry extends EntryOptions {
  readonly signature: Signature;
  /** As written in the table, for the page of functions. */
  readonly text: string;
  readonly kind: FunctionKind;
  readonly print: Printer;
}

function entry(kind: FunctionKind, text: string, print: Printer, options: EntryOptions): FunctionEntry {
  return { ...options, kind, text, print, signature: parseSignature(text) };
}

/** A function of one row: `scalar("len(varchar) int4", ([x]) => ...)`. */
export function scalar(text: string, print: Printer, options: EntryOptions = {}): FunctionEntry {
  return entry("scalar", text, print, options);
}

export function aggregate(text: string, print: Printer, options: EntryOptions = {}): FunctionEntry {
  return entry("aggregate", text, print, options);
}

/** A function that only stands with OVER. */
export function windowed(text: string, print: Printer, options: EntryOptions = {}): FunctionEntry {
  return entry("window", text, print, options);
}

/** The same function under further names. */
export function aliases(from: FunctionEntry, ...names: readonly string[]): readonly FunctionEntry[] {
  const rest = from.text.slice(from.text.indexOf("("));
  const copy = (name: string): FunctionEntry => ({
    ...from,
    text: `${name}${rest}`,
    signature: { ...from.signature, name },
  });
  return [from, ...names.map(copy)];
}
