import type { Span } from "../../position.ts";
import { SqlError } from "../../sql-error.ts";
import type { Call, Expression } from "../ast/expression.ts";
import {
  type CallForm,
  type CallShape,
  isAggregateName,
  isFunctionName,
  type ResolvedCall,
  resolveFunction,
  takesDatePart,
} from "../functions/function-table.ts";
import { quoteText } from "../print/quote.ts";
import { isText } from "../type-rules.ts";
import { bindArray } from "./array.ts";
import { type Block, notSupported } from "./block.ts";
import {
  type Bound,
  bound,
  hasAggregate,
  hasWindow,
  integerType,
  isVolatile,
  traitsOf,
  unknownType,
} from "./bound.ts";
import { at, coerce } from "./coerce.ts";
import { comparable } from "./comparison.ts";
import { orderText } from "./sort.ts";
import { bindUserFunction, userFunctionsOf } from "./user-function.ts";
import { bindWindow } from "./window.ts";

/** A call of a function, aggregate or window function. @throws SqlError 42883, 42803, 42P20 */
export function bindCall(call: Call, block: Block): Bound {
  const name = call.name.parts.at(-1)?.name ?? "";
  if ((name === "grouping" || name === "grouping_id") && call.over === undefined)
    return bindGrouping(call, block);
  if (name === "array[]") return bindArray(call, block);
  const schema = call.name.parts.at(-2)?.name;
  const isBuiltIn = (schema === undefined || schema === "pg_catalog") && isFunctionName(name);
  if (!isBuiltIn) {
    const candidates = userFunctionsOf(call, block);
    if (candidates.length > 0) return bindUserFunction(call, candidates, block);
  }
  if (schema !== undefined && schema !== "pg_catalog") {
    throw new SqlError("42883", `function ${schema}.${name} does not exist`, { position: call.span.start });
  }
  if (call.over !== undefined) return bindWindowCall(name, call, block);
  return isAggregateName(name) ? bindAggregate(name, call, block) : bindScalarCall(name, call, block);
}

function bindArguments(name: string, call: Call, block: Block): readonly Bound[] {
  return call.arguments.map(
    (argument, index) => datePart(name, argument, index) ?? block.expression(argument),
  );
}

/** `month` in `dateadd(month, 1, d)` is a word, not a column. */
function datePart(name: string, argument: Expression, index: number): Bound | undefined {
  if (argument.kind !== "reference" || argument.parts.length !== 1 || !takesDatePart(name, index))
    return undefined;
  const word = argument.parts[0]?.name ?? "";
  return bound(unknownType, quoteText(word), { constant: word });
}

/** A call by the binder itself, of arguments that are bound already. */
export function bindNamed(name: string, args: readonly Bound[], block: Block, span: Span): Bound {
  const call = at(span, () => resolveFunction(name, args));
  return printed(call, args, {}, block, span, 0);
}

function bindScalarCall(name: string, call: Call, block: Block): Bound {
  const args = bindArguments(name, call, block);
  const resolved = at(call.span, () => resolveFunction(name, args, shapeOf(call, [])));
  if (name === "slice_num") return bindSliceNumber(call, block);
  if (resolved.kind === "window") {
    throw new SqlError("42P20", `window function call requires an OVER clause`, {
      position: call.span.start,
    });
  }
  if (resolved.kind === "table") throw notSupported(`${name} outside of FROM`, call.span);
  return printed(resolved, args, {}, block, call.span, 0);
}

/** Where the rows of the first table of FROM lie. */
function bindSliceNumber(call: Call, block: Block): Bound {
  for (const { use, engineAlias } of block.scope.entries) {
    const sql = use?.relation.sliceSql?.(engineAlias);
    if (sql !== undefined) return bound(integerType, sql);
  }
  throw notSupported("slice_num() without a table in FROM", call.span);
}

function bindAggregate(name: string, call: Call, block: Block): Bound {
  block.requireAggregates(call.span);
  const mark = block.uses.length;
  const groupKeys = block.groupKeys;
  const correlated = block.correlated;
  block.groupKeys = undefined;
  block.correlated = false;
  const result = block.within("aggregate", () => {
    const sorts = (call.withinGroup ?? []).map((item) => ({
      item,
      value: block.expression(item.expression),
    }));
    const args = bindArguments(name, call, block);
    rejectNested(args, hasAggregate, call.span);
    const shape = shapeOf(
      call,
      sorts.map(({ value }) => value),
    );
    const resolved = at(call.span, () => resolveFunction(name, args, shape));
    const form = { distinct: call.distinct, withinGroup: sortTexts(sorts, block) };
    return printed(resolved, args, form, block, call.span, hasAggregate);
  });
  if (block.correlated && block.uses.length === mark) {
    throw notSupported("an aggregate of columns of an outer query", call.span);
  }
  block.groupKeys = groupKeys;
  block.correlated ||= correlated;
  block.uses.length = mark;
  return result;
}

function bindWindowCall(name: string, call: Call, block: Block): Bound {
  const { over, span } = call;
  if (over === undefined) throw new Error("a window function without a window");
  block.requireWindows(span);
  return block.within("window", () => {
    const sorts = (call.withinGroup ?? []).map((item) => ({
      item,
      value: block.expression(item.expression),
    }));
    const args = bindArguments(name, call, block);
    rejectNested(args, hasWindow, span);
    const shape = {
      ...shapeOf(
        call,
        sorts.map(({ value }) => value),
      ),
      over: true,
    };
    const resolved = at(span, () => resolveFunction(name, args, shape));
    const window = bindWindow(name, resolved.kind === "aggregate", over, block);
    const form = {
      distinct: call.distinct,
      withinGroup: sortTexts(sorts, block),
      nulls: call.nulls,
      over: window,
    };
    return printed(resolved, args, form, block, span, hasWindow);
  });
}

interface Sorted {
  readonly item: NonNullable<Call["withinGroup"]>[number];
  readonly value: Bound;
}

/** An alias of the select list may bring what was not written here. @throws SqlError 42803, 42P20 */
function rejectNested(args: readonly Bound[], trait: number, span: Span): void {
  if ((traitsOf(args) & trait) === 0) return;
  if (trait === hasWindow) {
    throw new SqlError("42P20", "window function calls may not be nested", { position: span.start });
  }
  throw new SqlError("42803", "aggregate function calls may not be nested", { position: span.start });
}

function sortTexts(sorts: readonly Sorted[], block: Block): CallForm["withinGroup"] {
  return sorts.length === 0 ? undefined : sorts.map(({ item, value }) => orderText(item, value, block));
}

function shapeOf(call: Call, sorted: readonly Bound[]): CallShape {
  return {
    star: call.star,
    distinct: call.distinct,
    approximate: call.approximate,
    withinGroup: call.withinGroup === undefined ? undefined : sorted.map((value) => value.type),
  };
}

function printed(
  call: ResolvedCall,
  args: readonly Bound[],
  form: Omit<CallForm, "session" | "wide" | "narrowed">,
  block: Block,
  span: Span,
  trait: number,
): Bound {
  const typed = args.map((arg, index) =>
    coerce(arg, call.parameterTypes[index] ?? arg.type, "implicit", block, span),
  );
  const texts = typed.map((arg) =>
    form.distinct === true && isText(arg.type) ? comparable(arg, block) : arg.sql,
  );
  if (call.sessionValue) block.state.reusable = false;
  const sql = at(span, () => call.print(texts, { ...form, ...block.state.form }));
  const volatile = call.volatility === "volatile" ? isVolatile : 0;
  return bound(call.type, sql, { traits: traitsOf(typed) | trait | volatile });
}

/** GROUPING(a, b): which of the expressions a row is not grouped by, as bits. */
function bindGrouping(call: Call, block: Block): Bound {
  const keys = call.arguments.map((argument) => {
    const groupKeys = block.groupKeys;
    block.groupKeys = undefined;
    const mark = block.uses.length;
    const value = block.expression(argument);
    block.groupKeys = groupKeys;
    block.uses.length = mark;
    const key = groupKeys?.get(value.sql);
    if (key === undefined) {
      throw new SqlError(
        "42803",
        "arguments to GROUPING must be grouping expressions of the associated query level",
        {
          position: argument.span.start,
        },
      );
    }
    return key.grouped;
  });
  return bound(integerType, `CAST(grouping(${keys.join(", ")}) AS INTEGER)`, { traits: hasAggregate });
}
