import type { FlinkType } from "../types.ts";
import { maxLength } from "../types.ts";
import type { ScalarCode, ScalarFunction, ScalarSignature } from "./scalar-function.ts";

/** What an argument of the type is cast to; undefined when it does not fit. */
export type Parameter = (type: FlinkType) => FlinkType | undefined;

/** One place in a program where a function is called, with its arguments as they are after their casts. */
export interface CallSite {
  readonly types: readonly FlinkType[];
  /** The value of an argument that is a literal, undefined for the others. */
  readonly literals: readonly unknown[];
  readonly result: FlinkType;
}

export interface Definition {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** How many of the last parameters may be left out. */
  readonly optional?: number;
  /** Takes any number of further arguments. */
  readonly rest?: Parameter;
  /** The result's type, nullable or not: that is decided by the arguments, or by `mayBeNull`. */
  readonly result:
    | FlinkType
    | ((types: readonly FlinkType[], literals: readonly unknown[]) => FlinkType | undefined);
  /** The answer may be NULL although no argument is. */
  readonly mayBeNull?: boolean;
  /** The answer is never NULL, or `result` alone says whether it may be. */
  readonly ownNullability?: boolean;
  readonly isVolatile?: boolean;
  readonly code: ScalarCode | ((site: CallSite) => ScalarCode);
}

/** A function with one list of parameters. */
export function define(definition: Definition): ScalarFunction {
  return {
    name: definition.name,
    ...(definition.isVolatile === true ? { isVolatile: true } : {}),
    resolve: (types, literals) => resolveDefinition(definition, types, literals),
  };
}

/** A function with several lists of parameters: the first that fits is taken. */
export function overloads(name: string, definitions: readonly Omit<Definition, "name">[]): ScalarFunction {
  const all = definitions.map((definition) => ({ ...definition, name }));
  return {
    name,
    ...(all.some((definition) => definition.isVolatile === true) ? { isVolatile: true } : {}),
    resolve(types, literals) {
      for (const definition of all) {
        const signature = resolveDefinition(definition, types, literals);
        if (signature !== undefined) return signature;
      }
      return undefined;
    },
  };
}

/** The same function under another name. */
export function alias(name: string, target: ScalarFunction): ScalarFunction {
  return { ...target, name };
}

function resolveDefinition(
  definition: Definition,
  types: readonly FlinkType[],
  literals: readonly unknown[],
): ScalarSignature | undefined {
  const { parameters, optional = 0, rest } = definition;
  if (types.length < parameters.length - optional) return undefined;
  if (rest === undefined && types.length > parameters.length) return undefined;
  const cast: FlinkType[] = [];
  for (const [index, type] of types.entries()) {
    const target = (parameters[index] ?? rest)?.(type);
    if (target === undefined) return undefined;
    cast.push(target);
  }
  const given =
    typeof definition.result === "function" ? definition.result(cast, literals) : definition.result;
  if (given === undefined) return undefined;
  const nullable = definition.mayBeNull === true || cast.some((type) => type.nullable);
  const result = definition.ownNullability === true ? given : { ...given, nullable };
  const site: CallSite = { types: cast, literals, result };
  const code = typeof definition.code === "function" ? definition.code(site) : definition.code;
  return { arguments: cast, result, code };
}

export const builtin: ScalarCode = Object.freeze({ kind: "builtin" });

export function strict(call: (...args: never[]) => unknown): ScalarCode {
  return { kind: "strict", call };
}

export function nullable(call: (...args: never[]) => unknown): ScalarCode {
  return { kind: "nullable", call };
}

export function inline(text: (args: readonly string[]) => string): ScalarCode {
  return { kind: "inline", text };
}

export const booleanType: FlinkType = Object.freeze({ kind: "boolean", nullable: false });
export const intType: FlinkType = Object.freeze({ kind: "int", nullable: false });
export const bigintType: FlinkType = Object.freeze({ kind: "bigint", nullable: false });
export const doubleType: FlinkType = Object.freeze({ kind: "double", nullable: false });
export const dateType: FlinkType = Object.freeze({ kind: "date", nullable: false });
export const stringType: FlinkType = Object.freeze({ kind: "varchar", length: maxLength, nullable: false });
export const bytesType: FlinkType = Object.freeze({ kind: "varbinary", length: maxLength, nullable: false });
