import type { Span } from "../../position.ts";
import type { Identifier } from "./name.ts";

// Over the type of expressions, which hold windows themselves.

export interface WindowOf<E> {
  readonly span: Span;
  /** `OVER w`, `OVER (w ORDER BY ...)` */
  readonly name: Identifier | undefined;
  readonly partitionBy: readonly E[];
  readonly orderBy: readonly SortItemOf<E>[];
  readonly frame: FrameOf<E> | undefined;
}

export interface FrameOf<E> {
  readonly span: Span;
  readonly unit: "rows" | "range";
  readonly start: FrameBoundOf<E>;
  /** Current row when undefined. */
  readonly end: FrameBoundOf<E> | undefined;
}

export type FrameBoundOf<E> =
  | { readonly kind: "unbounded preceding" | "current row" | "unbounded following" }
  | { readonly kind: "preceding" | "following"; readonly offset: E };

export interface SortItemOf<E> {
  readonly expression: E;
  readonly descending: boolean;
  readonly nulls: "first" | "last" | undefined;
}

/** WINDOWED BY STAGGER (...) */
export interface StaggerOf<E> {
  readonly span: Span;
  readonly partitionBy: readonly E[];
  readonly range: E;
}
