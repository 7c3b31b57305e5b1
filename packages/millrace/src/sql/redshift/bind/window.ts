import { SqlError } from "../../sql-error.ts";
import type { Frame, FrameBound, Window } from "../ast/expression.ts";
import { type Block, notSupported } from "./block.ts";
import { type Bound, hasWindow } from "./bound.ts";
import { comparable } from "./comparison.ts";
import { orderText } from "./sort.ts";

/** Functions that a frame changes, besides aggregates. */
const framed: ReadonlySet<string> = new Set(["first_value", "last_value", "nth_value"]);

/** What stands in the brackets of OVER. */
export function bindWindow(name: string, isAggregate: boolean, window: Window, block: Block): string {
  const parts: string[] = [];
  const bind = (expression: Parameters<Block["expression"]>[0]): Bound => {
    const value = block.expression(expression);
    if ((value.traits & hasWindow) !== 0) {
      throw new SqlError("42P20", "window function calls may not be nested", {
        position: expression.span.start,
      });
    }
    return value;
  };
  if (window.partitionBy.length > 0) {
    parts.push(`PARTITION BY ${window.partitionBy.map((item) => comparable(bind(item), block)).join(", ")}`);
  }
  if (window.orderBy.length > 0) {
    const items = window.orderBy.map((item) => orderText(item, bind(item.expression), block).sql);
    parts.push(`ORDER BY ${items.join(", ")}`);
  }
  if (window.frame !== undefined) {
    parts.push(frameText(window.frame, block, window));
  } else if (window.orderBy.length > 0 && (isAggregate || framed.has(name))) {
    throw new SqlError("0A000", "Aggregate window functions with an ORDER BY clause require a frame clause", {
      position: window.span.start,
    });
  }
  return parts.join(" ");
}

function frameText({ unit, start, end }: Frame, block: Block, window: Window): string {
  const whole = (bound: FrameBound | undefined): boolean =>
    bound === undefined || (bound.kind !== "preceding" && bound.kind !== "following");
  if (unit === "range" && !(whole(start) && whole(end))) {
    throw notSupported("a RANGE frame with an offset", window.span);
  }
  if (start.kind === "unbounded following") {
    throw new SqlError("42P20", "frame start cannot be UNBOUNDED FOLLOWING", { position: window.span.start });
  }
  if (end?.kind === "unbounded preceding") {
    throw new SqlError("42P20", "frame end cannot be UNBOUNDED PRECEDING", { position: window.span.start });
  }
  const from = boundText(start, block);
  return `${unit.toUpperCase()} BETWEEN ${from} AND ${end === undefined ? "CURRENT ROW" : boundText(end, block)}`;
}

function boundText(frame: FrameBound, block: Block): string {
  if (frame.kind !== "preceding" && frame.kind !== "following") return frame.kind.toUpperCase();
  const offset = block.expression(frame.offset);
  if (typeof offset.constant !== "string" || !/^[0-9]+$/.test(offset.constant)) {
    throw new SqlError("42601", "frame offset must be a non-negative integer", {
      position: frame.offset.span.start,
    });
  }
  return `${offset.constant} ${frame.kind.toUpperCase()}`;
}
