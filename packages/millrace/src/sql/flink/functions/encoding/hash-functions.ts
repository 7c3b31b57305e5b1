import { hash } from "node:crypto";
import { SqlError } from "../../../sql-error.ts";
import { define, strict, stringType } from "../function-definition.ts";
import { int, textOrBytes } from "../parameters.ts";
import { EvaluationError, type ScalarFunction } from "../scalar-function.ts";

const algorithms: readonly string[] = Object.freeze(["md5", "sha1", "sha224", "sha256", "sha384", "sha512"]);
const lengths: readonly number[] = Object.freeze([224, 256, 384, 512]);

/** Digests as hexadecimal digits in lower case. */
export const hashFunctions: readonly ScalarFunction[] = Object.freeze([
  ...algorithms.map((name) =>
    define({
      name,
      parameters: [textOrBytes],
      result: stringType,
      code: strict((value: string | Uint8Array) => hash(name, value)),
    }),
  ),
  define({
    name: "sha2",
    parameters: [textOrBytes, int],
    result: stringType,
    code({ literals: [, length] }) {
      if (typeof length === "number" && !lengths.includes(length))
        throw new SqlError("22023", unsupported(length));
      return strict((value: string | Uint8Array, bits: number) => {
        if (!lengths.includes(bits)) throw new EvaluationError(unsupported(bits));
        return hash(`sha${bits}`, value);
      });
    },
  }),
]);

function unsupported(bits: number): string {
  return `SHA2 gives ${lengths.join(", ")} bits, not ${bits}`;
}
