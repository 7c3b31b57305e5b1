import type { Span } from "../../position.ts";
import type { Identifier, Option } from "./name.ts";

/** `/*+ NAME('key' = 'value')`, `NAME(a, 'b')` */
export interface Hint {
  readonly span: Span;
  readonly name: Identifier;
  readonly options: readonly Option[];
  /** Names, texts and numbers. */
  readonly arguments: readonly string[];
}
