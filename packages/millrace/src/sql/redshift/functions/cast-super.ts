import { isText } from "../type-rules.ts";
import { engineType } from "../type-text.ts";
import type { SqlType } from "../types.ts";
import type { CastMode, CastOperand } from "./cast-operand.ts";
import { fromText, toText } from "./cast-texts.ts";
import { cast, macro } from "./engine-text.ts";

/** A scalar as JSON text. Numerics keep their digits, as the engine's own to_json does not. */
export function toSuper(operand: CastOperand): string {
  const { sql, type } = operand;
  if (type.name === "super") return sql;
  if (isText(type) || type.name === "unknown") return cast(`to_json(${sql})`, "JSON");
  if (type.name === "numeric" || type.name === "boolean") return cast(cast(sql, "VARCHAR"), "JSON");
  if (type.name === "real" || type.name === "double precision") {
    return cast(toText(operand, { name: "text" }, "explicit"), "JSON");
  }
  if (["smallint", "integer", "bigint", "oid"].includes(type.name)) return cast(cast(sql, "VARCHAR"), "JSON");
  if (type.name === "array") return cast(`to_json(${sql})`, "JSON");
  return cast(`to_json(${toText(operand, { name: "text" }, "explicit")})`, "JSON");
}

/**
 * A scalar out of SUPER. In a written cast a value of another kind is an error; where a cast is implicit
 * (lax), it gives null.
 */
export function fromSuper(operand: CastOperand, to: SqlType, mode: CastMode): string {
  const text = macro("super_text", operand.sql);
  const inner: CastOperand = { sql: text, type: { name: "text" } };
  if (isText(to)) return toText(inner, to, mode);
  const guarded: CastOperand = {
    sql: macro(mode === "implicit" ? "super_scalar_lax" : "super_scalar", operand.sql, `'${superKind(to)}'`),
    type: { name: "text" },
  };
  if (["smallint", "integer", "bigint", "oid"].includes(to.name)) {
    return cast(cast(guarded.sql, "DECIMAL(38,10)"), engineType(to));
  }
  return fromText(guarded, to);
}

function superKind(to: SqlType): string {
  if (to.name === "boolean") return "boolean";
  return engineType(to) === "VARCHAR" ||
    !["smallint", "integer", "bigint", "numeric", "real", "double precision"].includes(to.name)
    ? "string"
    : "number";
}
