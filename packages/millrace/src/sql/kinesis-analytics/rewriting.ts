import type { Query } from "../flink/ast/tree.ts";

/** A query in Flink SQL, and the names of its columns. */
export interface RewrittenQuery {
  readonly query: Query;
  readonly columns: readonly string[];
}

/** What the rewriters of a query's parts need of the whole. */
export interface Rewriting {
  /** Where the statement begins in the code: spans count from there. */
  readonly origin: number;
  /** @throws SqlError with a position in the code */
  rewrite(query: Query): RewrittenQuery;
}
