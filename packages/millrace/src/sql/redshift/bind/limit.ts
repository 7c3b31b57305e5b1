import { SqlError } from "../../sql-error.ts";
import type { Expression } from "../ast/expression.ts";
import { bareTypeText } from "../type-text.ts";
import type { Block } from "./block.ts";
import { bigintType } from "./bound.ts";
import { coerce } from "./coerce.ts";

/** ` LIMIT 10 OFFSET 5`, or nothing. */
export function limitText(
  limit: Expression | undefined,
  offset: Expression | undefined,
  block: Block,
): string {
  return block.within("LIMIT", () => {
    const count = limit === undefined ? "" : amount("LIMIT", limit, block);
    const skip = offset === undefined ? "" : amount("OFFSET", offset, block);
    return `${count}${skip}`;
  });
}

function amount(word: "LIMIT" | "OFFSET", expression: Expression, block: Block): string {
  const value = block.expression(expression);
  if (value.constant === null) return "";
  if (!["smallint", "integer", "bigint", "unknown", "numeric"].includes(value.type.name)) {
    throw new SqlError(
      "42804",
      `argument of ${word} must be type bigint, not type ${bareTypeText(value.type)}`,
      {
        position: expression.span.start,
      },
    );
  }
  if (typeof value.constant === "string" && value.constant.startsWith("-")) {
    throw new SqlError(word === "LIMIT" ? "2201W" : "2201X", `${word} must not be negative`, {
      position: expression.span.start,
    });
  }
  return ` ${word} (${coerce(value, bigintType, "explicit", block, expression.span).sql})`;
}
