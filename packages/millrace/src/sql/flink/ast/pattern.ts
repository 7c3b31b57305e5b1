import type { Span } from "../../position.ts";
import type { Identifier } from "./name.ts";

/** What MATCH_RECOGNIZE looks for: a regular expression over the variables that DEFINE says. */
export type RowPattern =
  | { readonly kind: "variable"; readonly name: Identifier; readonly span: Span }
  | { readonly kind: "sequence"; readonly items: readonly RowPattern[]; readonly span: Span }
  | { readonly kind: "alternation"; readonly items: readonly RowPattern[]; readonly span: Span }
  | { readonly kind: "permutation"; readonly items: readonly RowPattern[]; readonly span: Span }
  /** `{- A -}` */
  | { readonly kind: "exclusion"; readonly item: RowPattern; readonly span: Span }
  | QuantifiedPattern;

/** `A*`, `A+?`, `A{2,3}` */
export interface QuantifiedPattern {
  readonly kind: "quantified";
  readonly item: RowPattern;
  readonly min: number;
  /** Undefined: no end. */
  readonly max: number | undefined;
  /** Reluctant: `?` behind the quantifier. */
  readonly reluctant: boolean;
  readonly span: Span;
}

/** AFTER MATCH SKIP. */
export type SkipStrategy =
  | { readonly kind: "past last row" | "to next row" }
  | { readonly kind: "to first" | "to last"; readonly variable: Identifier };
