import type { Span } from "../../position.ts";

/** A name as Redshift keeps it: folded to lower case unless it was quoted while identifiers are case-sensitive. */
export interface Identifier {
  readonly name: string;
  readonly quoted: boolean;
  readonly span: Span;
}

/** `sales`, `public.sales`, `dev.public.sales` */
export interface QualifiedName {
  readonly parts: readonly Identifier[];
  readonly span: Span;
}
