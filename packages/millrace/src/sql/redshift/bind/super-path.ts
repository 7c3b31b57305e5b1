import type { Span } from "../../position.ts";
import { SqlError } from "../../sql-error.ts";
import type { Expression } from "../ast/expression.ts";
import type { Identifier } from "../ast/name.ts";
import { quoteText } from "../print/quote.ts";
import { elementOf, elementType } from "./array-subscript.ts";
import type { Block } from "./block.ts";
import { type Bound, bound, superType } from "./bound.ts";

/** One step into a value of SUPER. A step that leads nowhere gives NULL: navigation is lax. */
export type SuperStep =
  | { readonly kind: "attribute"; readonly name: string }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "expression"; readonly sql: string };

/** Attribute names count in lower case, unless they are quoted and the session says that case counts in SUPER. */
export function attributeStep(name: Identifier, block: Block): SuperStep {
  const { settings } = block.place.space;
  if (!name.quoted || !settings.enableCaseSensitiveSuperAttribute) {
    return { kind: "attribute", name: name.name.toLowerCase() };
  }
  const written = block.state.options.text
    .slice(name.span.start + 1, name.span.end - 1)
    .replaceAll('""', '"');
  const same = written.toLowerCase() === name.name.toLowerCase();
  return { kind: "attribute", name: same ? written : name.name };
}

export function bindField(base: Expression, name: Identifier, block: Block, span: Span): Bound {
  return navigate(superBase(base, block), [attributeStep(name, block)], span);
}

export function bindSubscript(base: Expression, index: Expression, block: Block, span: Span): Bound {
  const value = block.expression(base);
  const element = elementType(value.type);
  if (element === undefined) return navigate(superOnly(value, base), [indexStep(index, block)], span);
  return elementOf(value, wholeNumber(block.expression(index), index), element);
}

function wholeNumber(value: Bound, index: Expression): Bound {
  if (["smallint", "integer", "bigint"].includes(value.type.name)) return value;
  throw new SqlError("42804", "array subscript must have type integer", { position: index.span.start });
}

function indexStep(index: Expression, block: Block): SuperStep {
  const value = block.expression(index);
  if (value.type.name === "integer" && typeof value.constant === "string") {
    return { kind: "index", index: Number(value.constant) };
  }
  if (value.type.name === "unknown" && typeof value.constant === "string") {
    return { kind: "attribute", name: value.constant };
  }
  return { kind: "expression", sql: wholeNumber(value, index).sql };
}

function superBase(base: Expression, block: Block): Bound {
  return superOnly(block.expression(base), base);
}

function superOnly(value: Bound, base: Expression): Bound {
  if (value.type.name === "super") return value;
  throw new SqlError("42809", "navigation is only possible into an expression of type super", {
    position: base.span.start,
  });
}

export function navigate(value: Bound, steps: readonly SuperStep[], _span: Span): Bound {
  let sql = value.superPath?.base ?? value.sql;
  let path = value.superPath?.path ?? "";
  for (const step of steps) {
    if (step.kind === "attribute" && !step.name.includes('"')) {
      path += `."${step.name}"`;
    } else if (step.kind === "index") {
      // A negative index means nothing in Redshift; the engine would count from the end.
      if (step.index < 0) return bound(superType, "CAST(NULL AS JSON)", { traits: value.traits });
      path += `[${step.index}]`;
    } else {
      sql = extracted(sql, path);
      path = "";
      sql = step.kind === "attribute" ? byPointer(sql, step.name) : byIndex(sql, step.sql);
    }
  }
  const superPath = path === "" ? undefined : { base: sql, path };
  return bound(superType, extracted(sql, path), { traits: value.traits, superPath });
}

function extracted(sql: string, path: string): string {
  return path === "" ? sql : `json_extract(${sql}, ${quoteText(`$${path}`)})`;
}

/** The engine's paths cannot hold a double quote; its pointers can. They would read digits as an index, so not always. */
function byPointer(sql: string, name: string): string {
  return `json_extract(${sql}, ${quoteText(`/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`)})`;
}

function byIndex(sql: string, index: string): string {
  return `(CASE WHEN ${index} >= 0 THEN json_extract(${sql}, CAST(${index} AS BIGINT)) END)`;
}
