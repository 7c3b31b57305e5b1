import { SqlError } from "../../sql-error.ts";
import { define, doubleType, intType, overloads, stringType } from "./function-definition.ts";
import { int } from "./parameters.ts";
import { type EvaluationContext, EvaluationError, type ScalarFunction } from "./scalar-function.ts";

/** Chance by the seed of the round: a round that is repeated after a crash gives the same again. */
export const randomFunctions: readonly ScalarFunction[] = Object.freeze([
  overloads("rand", [
    {
      parameters: [],
      result: doubleType,
      isVolatile: true,
      code: { kind: "context", call: (context: EvaluationContext) => context.random() },
    },
    { parameters: [int], result: () => seeded("RAND"), code: { kind: "builtin" } },
  ]),
  overloads("rand_integer", [
    {
      parameters: [int],
      result: intType,
      isVolatile: true,
      code: { kind: "context", call: randomInteger },
    },
    { parameters: [int, int], result: () => seeded("RAND_INTEGER"), code: { kind: "builtin" } },
  ]),
  define({
    name: "uuid",
    parameters: [],
    result: stringType,
    isVolatile: true,
    code: { kind: "context", call: uuid },
  }),
]);

/** A sequence that goes on from row to row would have to be kept in checkpoints. */
function seeded(name: string): never {
  throw new SqlError("0A000", `There is no ${name} with a seed; it runs on Apache Flink itself`);
}

function randomInteger(context: EvaluationContext, bound: number | null): number | null {
  if (bound === null) return null;
  if (bound <= 0) throw new EvaluationError(`RAND_INTEGER needs a bound above 0, not ${bound}`);
  return Math.floor(context.random() * bound);
}

/** Version 4 of RFC 4122. */
function uuid(context: EvaluationContext): string {
  let digits = "";
  for (let part = 0; part < 4; part += 1) {
    digits += Math.floor(context.random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, "0");
  }
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 3) | 8).toString(16);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
}
