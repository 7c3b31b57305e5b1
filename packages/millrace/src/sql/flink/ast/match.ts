import type { Identifier } from "./name.ts";
import type { RowPattern, SkipStrategy } from "./pattern.ts";
import type { SortItemOf } from "./window.ts";

/** `input MATCH_RECOGNIZE (...)`, over the types of expressions and of what stands behind FROM. */
export interface MatchItemOf<E, F> {
  readonly kind: "match-recognize";
  readonly input: F;
  readonly partitionBy: readonly E[];
  readonly orderBy: readonly SortItemOf<E>[];
  readonly measures: readonly { readonly expression: E; readonly alias: Identifier | undefined }[];
  readonly rowsPerMatch: "one" | "all" | undefined;
  readonly after: SkipStrategy | undefined;
  readonly pattern: RowPattern;
  /** `^` before and `$` behind the pattern. */
  readonly atStart: boolean;
  readonly atEnd: boolean;
  readonly within: E | undefined;
  readonly subsets: readonly { readonly name: Identifier; readonly variables: readonly Identifier[] }[];
  readonly definitions: readonly { readonly variable: Identifier; readonly condition: E }[];
}
