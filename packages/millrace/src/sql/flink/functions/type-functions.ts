import { typeText } from "../type-text.ts";
import type { FlinkType } from "../types.ts";
import { nullable, stringType } from "./function-definition.ts";
import { printf } from "./printf.ts";
import type { ScalarFunction, ScalarSignature } from "./scalar-function.ts";

export const otherFunctions: readonly ScalarFunction[] = Object.freeze([
  { name: "typeof", resolve: typeOf },
  printf,
]);

/** The type of an expression as a text. The second argument asks for one that could be stored: all can. */
function typeOf(types: readonly FlinkType[]): ScalarSignature | undefined {
  const [type, isStored, more] = types;
  if (type === undefined || more !== undefined) return undefined;
  if (isStored !== undefined && isStored.kind !== "boolean") return undefined;
  const text = typeText(type);
  return { arguments: types, result: { ...stringType, nullable: false }, code: nullable(() => text) };
}
