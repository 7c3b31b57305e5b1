import { isBytes, isNumeric, isText, isWhole } from "../type-rules.ts";
import type { FlinkType } from "../types.ts";
import {
  bigintType,
  booleanType,
  bytesType,
  dateType,
  doubleType,
  intType,
  type Parameter,
  stringType,
} from "./function-definition.ts";

/** The type without change of nullability; NULL literals become `type`. */
function to(type: FlinkType, from: FlinkType): FlinkType {
  return { ...type, nullable: from.nullable };
}

/** Types that `fits` accepts stay as they are, a NULL literal is cast to `ofNull`. */
function keeping(fits: (type: FlinkType) => boolean, ofNull: FlinkType): Parameter {
  return (type) => (type.kind === "null" ? to(ofNull, type) : fits(type) ? type : undefined);
}

export const any: Parameter = (type) => (type.kind === "null" ? to(stringType, type) : type);

export const text: Parameter = keeping(isText, stringType);

export const bytes: Parameter = keeping(isBytes, bytesType);

export const textOrBytes: Parameter = keeping((type) => isText(type) || isBytes(type), stringType);

export const boolean: Parameter = keeping((type) => type.kind === "boolean", booleanType);

export const numeric: Parameter = keeping(isNumeric, doubleType);

/** Whole numbers; the small ones as INT. */
export const whole: Parameter = (type) => {
  if (type.kind === "bigint") return type;
  return type.kind === "null" || isWhole(type) ? to(intType, type) : undefined;
};

/** Whole numbers that are wanted as INT. A BIGINT is cast, so that one beyond INT wraps around as in Flink's casts. */
export const int: Parameter = (type) =>
  type.kind === "null" || isWhole(type) ? to(intType, type) : undefined;

export const bigint: Parameter = (type) =>
  type.kind === "null" || isWhole(type) ? to(bigintType, type) : undefined;

/** Any number, as DOUBLE. */
export const double: Parameter = (type) =>
  type.kind === "null" || isNumeric(type) ? to(doubleType, type) : undefined;

export const date: Parameter = keeping((type) => type.kind === "date", dateType);

export const array: Parameter = (type) => (type.kind === "array" ? type : undefined);

export const map: Parameter = (type) => (type.kind === "map" ? type : undefined);
