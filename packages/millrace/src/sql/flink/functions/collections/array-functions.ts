import { isText, leastCommonType, withNullable } from "../../type-rules.ts";
import type { ArrayType, FlinkType } from "../../types.ts";
import { isOrdered } from "../comparison-operators.ts";
import {
  booleanType,
  type CallSite,
  define,
  intType,
  nullable,
  type Parameter,
  strict,
  stringType,
} from "../function-definition.ts";
import { array, boolean, int, text } from "../parameters.ts";
import type { ScalarCode, ScalarFunction, ScalarSignature } from "../scalar-function.ts";
import { comparatorOf } from "../value-order.ts";
import { ValueSet } from "./value-set.ts";

type Values = readonly unknown[];

/** Functions of ARRAYs. Positions count from 1. */
export const arrayFunctions: readonly ScalarFunction[] = Object.freeze([
  withNeedle("array_contains", booleanType, ({ types }) => {
    const same = ValueSet.sameOf(elementOf(types[0]));
    return nullable((values: Values | null, needle: unknown) =>
      values === null ? null : values.some((value) => same(value, needle)),
    );
  }),
  withNeedle(
    "array_position",
    intType,
    ({ types }) => {
      const same = ValueSet.sameOf(elementOf(types[0]));
      return nullable((values: Values | null, needle: unknown) =>
        values === null || needle === null ? null : values.findIndex((value) => same(value, needle)) + 1,
      );
    },
    true,
  ),
  withNeedle("array_remove", undefined, ({ types }) => {
    const same = ValueSet.sameOf(elementOf(types[0]));
    return nullable((values: Values | null, needle: unknown) =>
      values === null ? null : values.filter((value) => !same(value, needle)),
    );
  }),
  {
    name: "array_append",
    resolve: (types: readonly FlinkType[]) => extended(types, (values, value) => [...values, value]),
  },
  {
    name: "array_prepend",
    resolve: (types: readonly FlinkType[]) => extended(types, (values, value) => [value, ...values]),
  },
  define({
    name: "array_distinct",
    parameters: [array],
    result: first,
    code: ({ types }) => strict((values: Values) => new ValueSet(elementOf(types[0])).addAll(values)),
  }),
  define({
    name: "array_reverse",
    parameters: [array],
    result: first,
    code: strict((values: Values) => values.toReversed()),
  }),
  define({
    name: "array_slice",
    parameters: [array, int, int],
    optional: 1,
    result: first,
    code: strict(slice),
  }),
  define({
    name: "array_sort",
    parameters: [orderedArray, boolean, boolean],
    optional: 2,
    result: first,
    code: sortCode,
  }),
  extreme("array_max", 1),
  extreme("array_min", -1),
  define({
    name: "array_join",
    parameters: [(type) => (type.kind === "array" && isText(type.element) ? type : undefined), text, text],
    optional: 1,
    result: stringType,
    code: strict((values: Values, by: string, instead?: string) =>
      values.flatMap((value) => value ?? instead ?? []).join(by),
    ),
  }),
  ofCommonType(
    "array_concat",
    1,
    () =>
      (...arrays: Values[]) =>
        arrays.flat(1),
  ),
  ofCommonType(
    "array_union",
    2,
    (element) => (a: Values, b: Values) => new ValueSet(element).addAll(a.concat(b)),
  ),
  ofCommonType("array_except", 2, (element) => (a: Values, b: Values) => {
    const taken = new ValueSet(element);
    taken.addAll(b);
    return new ValueSet(element).addAll(a.filter((value) => !taken.has(value)));
  }),
  ofCommonType("array_intersect", 2, (element) => (a: Values, b: Values) => {
    const others = new ValueSet(element);
    others.addAll(b);
    return new ValueSet(element).addAll(a.filter((value) => others.has(value)));
  }),
]);

function orderedArray(type: FlinkType): ReturnType<Parameter> {
  return type.kind === "array" && isOrdered(type.element) ? type : undefined;
}

function first(types: readonly FlinkType[]): FlinkType | undefined {
  return types[0];
}

export function elementOf(type: FlinkType | undefined): FlinkType {
  return type !== undefined && "element" in type ? type.element : stringType;
}

/** A function of an array and a value that is cast to its elements' type. The result is the array's without one. */
function withNeedle(
  name: string,
  result: FlinkType | undefined,
  code: (site: CallSite) => ScalarCode,
  ofNull = false,
): ScalarFunction {
  return {
    name,
    resolve(types) {
      const [type, needle] = types;
      if (type?.kind !== "array" || needle === undefined || types.length > 2) return undefined;
      const wanted = leastCommonType([type.element, needle]);
      if (wanted === undefined) return undefined;
      const element = withNullable(wanted, type.element.nullable || needle.nullable);
      const cast = [
        withNullable({ ...type, element }, type.nullable),
        withNullable(element, needle.nullable),
      ];
      const isNullable = type.nullable || (ofNull && needle.nullable);
      const given = withNullable(result ?? type, isNullable);
      return { arguments: cast, result: given, code: code({ types: cast, literals: [], result: given }) };
    },
  };
}

/** The elements' type takes in the new one. */
function extended(
  types: readonly FlinkType[],
  call: (values: Values, value: unknown) => Values,
): ScalarSignature | undefined {
  const [type, added] = types;
  if (type?.kind !== "array" || added === undefined || types.length > 2) return undefined;
  const element = leastCommonType([type.element, added]);
  if (element === undefined) return undefined;
  const result: ArrayType = { kind: "array", element, nullable: type.nullable };
  return {
    arguments: [result, withNullable(element, added.nullable)],
    result,
    code: nullable((values: Values | null, value: unknown) => (values === null ? null : call(values, value))),
  };
}

/** A function of arrays that are cast to one type. */
function ofCommonType(
  name: string,
  least: number,
  make: (element: FlinkType) => (...arrays: Values[]) => Values,
): ScalarFunction {
  return {
    name,
    resolve(types) {
      if (types.length < least || (least > 1 && types.length > least)) return undefined;
      if (types.some((type) => type.kind !== "array")) return undefined;
      const common = leastCommonType(types);
      if (common?.kind !== "array") return undefined;
      return {
        arguments: types.map((type) => withNullable(common, type.nullable)),
        result: common,
        code: strict(make(common.element)),
      };
    },
  };
}

/** Both ends belong to it; negative positions count from the end, 0 is the beginning. */
function slice(values: Values, start: number, end: number = values.length): Values {
  const { length } = values;
  const from = Math.max(1, start < 0 ? start + length + 1 : start);
  const shifted = end < 0 ? end + length + 1 : end;
  const to = shifted === 0 ? 1 : Math.min(shifted, length);
  return to < from ? [] : values.slice(from - 1, to);
}

/** NULLs come first when ascending, last when descending, unless told. */
function sortCode({ types }: CallSite): ScalarCode {
  const compare = comparatorOf(elementOf(types[0]));
  return strict((values: Values, isAscending = true, nullsFirst = isAscending) => {
    const sign = isAscending ? 1 : -1;
    const ofNull = nullsFirst ? -1 : 1;
    return values.toSorted((left, right) => {
      if (left === null || right === null) {
        return left === right ? 0 : left === null ? ofNull : -ofNull;
      }
      return compare(left, right) * sign;
    });
  });
}

function extreme(name: string, sign: 1 | -1): ScalarFunction {
  return define({
    name,
    parameters: [orderedArray],
    result: ([type]) => elementOf(type),
    mayBeNull: true,
    code: ({ types }) => {
      const compare = comparatorOf(elementOf(types[0]));
      return strict((values: Values) => {
        let best: unknown = null;
        for (const value of values) {
          if (value !== null && (best === null || compare(value, best) * sign > 0)) best = value;
        }
        return best;
      });
    },
  });
}
