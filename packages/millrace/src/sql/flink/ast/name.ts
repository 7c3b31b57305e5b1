import type { Span } from "../../position.ts";

/** A name keeps the case it was written in: tables, columns and fields are told apart by it. */
export interface Identifier {
  readonly name: string;
  /** In backquotes. */
  readonly quoted: boolean;
  readonly span: Span;
}

/** `catalog.database.table`, with as many parts as were written. */
export interface QualifiedName {
  readonly parts: readonly Identifier[];
  readonly span: Span;
}

/** `'key' = 'value'`; a hint's key may come without quotes. */
export interface Option {
  readonly key: string;
  readonly value: string;
  readonly span: Span;
}
