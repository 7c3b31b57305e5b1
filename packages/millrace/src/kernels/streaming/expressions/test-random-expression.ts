import type { BoundExpression, CallExpression, Value } from "../../../sql/flink/bound-expression.ts";
import { decimalResult } from "../../../sql/flink/type-rules.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";

const nullable = true;
const types: Readonly<Record<string, FlinkType>> = Object.freeze({
  boolean: { kind: "boolean", nullable },
  tinyint: { kind: "tinyint", nullable },
  smallint: { kind: "smallint", nullable },
  int: { kind: "int", nullable },
  bigint: { kind: "bigint", nullable },
  float: { kind: "float", nullable },
  double: { kind: "double", nullable },
  decimal: { kind: "decimal", precision: 12, scale: 3, nullable },
  wide: { kind: "decimal", precision: 38, scale: 10, nullable },
  text: { kind: "varchar", length: 2_147_483_647, nullable },
  timestamp: { kind: "timestamp", precision: 3, nullable },
  row: {
    kind: "row",
    nullable,
    fields: [
      { name: "a", type: { kind: "bigint", nullable } },
      { name: "b", type: { kind: "varchar", length: 10, nullable } },
    ],
  },
});
export const columnTypes: readonly FlinkType[] = Object.values(types);

/** Random expressions and values of a type, by a seeded source of numbers from 0 to below 1. */
export class RandomExpressions {
  readonly #random: () => number;
  readonly #greatLongs: boolean;

  constructor(random: () => number, greatLongs: boolean) {
    this.#random = random;
    this.#greatLongs = greatLongs;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)] as T;
  }

  value(type: FlinkType): Value {
    if (type.nullable && this.#random() < 0.2) return null;
    const small = Math.floor(this.#random() * 7) - 3;
    const isEdge = this.#random() < 0.25;
    switch (type.kind) {
      case "boolean":
        return this.#random() < 0.5;
      case "tinyint":
        return isEdge ? this.pick([127, -128]) : small;
      case "smallint":
        return isEdge ? this.pick([32_767, -32_768]) : small;
      case "int":
        return isEdge ? this.pick([2_147_483_647, -2_147_483_648, 65_536]) : small;
      case "bigint":
        return isEdge ? this.pick(this.#greatLongs ? greatLongs : mediumLongs) : BigInt(small);
      case "float":
        return isEdge ? this.pick([Number.NaN, Number.NEGATIVE_INFINITY, 0.5, Math.fround(1e20)]) : small;
      case "double":
        return isEdge ? this.pick([Number.NaN, Number.POSITIVE_INFINITY, 0.5, -2.5, 1e20]) : small;
      case "decimal":
        return BigInt(Math.floor((this.#random() - 0.5) * 10 ** this.pick([1, 4, 9])));
      case "varchar":
        return this.pick(["", "a", "b", "ab", "é", "\u{1f600}", "\uffff", "O'Hara`$\u007b1}\\"]);
      case "timestamp":
        return small * 1000;
      case "row":
        return type.fields.map((field) => this.value(field.type));
      default:
        throw new TypeError(type.kind);
    }
  }

  /** @param depth how deep it may nest */
  expression(type: FlinkType, depth: number): BoundExpression {
    if (depth === 0) return this.#leaf(type);
    const sub = (other: FlinkType): BoundExpression => this.expression(other, depth - 1);
    const choice = this.#random();
    if (choice < 0.15) return this.#leaf(type);
    if (choice < 0.25) {
      const branch = () => ({ when: sub(boolean), result: sub(type) });
      return { kind: "case", type, branches: [branch(), branch()], otherwise: sub(type) };
    }
    if (choice < 0.3) return call("coalesce", type, sub(type), sub(type), sub(type));
    if (choice < 0.35) return call("nullif", type, sub(type), sub(type));
    if (choice < 0.4) return call("if", type, sub(boolean), sub(type), sub(type));
    if (type.kind === "boolean") return this.#condition(depth);
    if (numbers.includes(type.kind)) return this.#number(type, depth);
    const rowType = types["row"] as FlinkType;
    const field =
      rowType.kind === "row" ? rowType.fields.findIndex((each) => each.type.kind === type.kind) : -1;
    if (field >= 0) return { kind: "field", type, operand: sub(rowType), index: field };
    return this.#leaf(type);
  }

  #leaf(type: FlinkType): BoundExpression {
    const index = columnTypes.indexOf(type);
    if (index >= 0 && this.#random() < 0.6) return { kind: "column", type, index };
    return { kind: "literal", type, value: this.value(type) };
  }

  #condition(depth: number): BoundExpression {
    const sub = (other: FlinkType): BoundExpression => this.expression(other, depth - 1);
    const choice = this.#random();
    if (choice < 0.3)
      return call(this.pick(["and", "or"]), boolean, sub(boolean), sub(boolean), sub(boolean));
    if (choice < 0.36) return call("not", boolean, sub(boolean));
    if (choice < 0.46) {
      const test = this.pick([
        "is true",
        "is not true",
        "is false",
        "is not false",
        "is null",
        "is not null",
      ]);
      return call(test, boolean, sub(boolean));
    }
    const type = this.pick(columnTypes);
    if (choice < 0.54) return call(this.pick(["is null", "is not null"]), boolean, sub(type));
    if (choice < 0.62) {
      return call(this.pick(["is distinct from", "is not distinct from"]), boolean, sub(type), sub(type));
    }
    if (choice < 0.72) {
      const list = Array.from({ length: this.pick([1, 3, 7]) }, () => this.#leaf(type));
      return call("in", boolean, sub(type), ...list);
    }
    const equality = type.kind === "row" ? ["=", "<>"] : ["=", "<>", "<", "<=", ">", ">="];
    return call(this.pick(equality), boolean, sub(type), sub(type));
  }

  #number(type: FlinkType, depth: number): BoundExpression {
    const sub = (other: FlinkType): BoundExpression => this.expression(other, depth - 1);
    const choice = this.#random();
    if (choice < 0.3) {
      const other = this.pick(columnTypes.filter(({ kind }) => numbers.includes(kind)));
      return { kind: "cast", type, operand: sub(other), isTry: false };
    }
    if (choice < 0.4) return call("negate", type, sub(type));
    const operator = this.pick(["+", "-", "*", "/", "%"]);
    if (type.kind !== "decimal") return call(operator, type, sub(type), sub(type));
    const right = this.pick([types["decimal"], types["wide"]]) as FlinkType;
    if (right.kind !== "decimal") throw new TypeError(right.kind);
    const result = decimalResult(operator, type, right);
    return { kind: "cast", type, operand: call(operator, result, sub(type), sub(right)), isTry: false };
  }
}

const boolean = types["boolean"] as FlinkType;
const numbers: readonly string[] = ["tinyint", "smallint", "int", "bigint", "float", "double", "decimal"];
const mediumLongs: readonly bigint[] = [4_294_967_296n, -94_906_267n, 1_000_003n];
const greatLongs: readonly bigint[] = [2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n, 94_906_267n, 4_294_967_296n];

function call(name: string, type: FlinkType, ...args: readonly BoundExpression[]): CallExpression {
  return { kind: "call", function: name, type, arguments: args };
}
