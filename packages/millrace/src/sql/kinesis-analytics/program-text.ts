import type { Expression, Query } from "../flink/ast/tree.ts";
import { formatExpression, formatQuery } from "../flink/format/format.ts";

/** Which piece of the program was made of which piece of the application's code. */
export interface PositionMapping {
  /** In the program, in UTF-16 units from 0. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly originalStart: number;
  readonly originalEnd: number;
}

/** A program as it grows, with where its pieces come from. */
export class ProgramText {
  text = "";
  readonly positions: PositionMapping[] = [];

  append(text: string): void {
    this.text += text;
  }

  /** Writes a query whose spans count from `origin` in the code. */
  appendQuery(query: Query, origin: number): void {
    const start = this.text.length;
    this.append(formatQuery(query));
    this.#note(start, this.text.length, query.span, origin);
    let from = start;
    for (const part of partsOf(query)) {
      const text = formatExpression(part);
      const at = this.text.indexOf(text, from);
      if (at >= 0) {
        this.#note(at, at + text.length, part.span, origin);
        from = at;
      }
    }
  }

  #note(
    start: number,
    end: number,
    span: { readonly start: number; readonly end: number },
    origin: number,
  ): void {
    this.positions.push({ start, end, originalStart: origin + span.start, originalEnd: origin + span.end });
  }
}

/** The expressions of a query's outermost SELECT, in the order they are written in. */
function partsOf({ body }: Query): readonly Expression[] {
  if (body.kind !== "select") {
    return [];
  }
  const groups = (body.groupBy ?? []).flatMap((item) =>
    item.kind === "expression" ? [item.expression] : [],
  );
  return [
    ...body.items.map(({ expression }) => expression),
    ...(body.where === undefined ? [] : [body.where]),
    ...groups,
    ...(body.having === undefined ? [] : [body.having]),
  ];
}

/** Where in the application's code the piece begins that a position of the program lies in. */
export function originalPosition(
  positions: readonly PositionMapping[],
  position: number,
): number | undefined {
  const around = positions.filter(({ start, end }) => start <= position && position < end);
  const smallest = around.reduce<PositionMapping | undefined>(
    (best, piece) => (best === undefined || piece.end - piece.start <= best.end - best.start ? piece : best),
    undefined,
  );
  return smallest?.originalStart;
}
