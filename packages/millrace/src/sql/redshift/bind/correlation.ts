import type { Span } from "../../position.ts";
import { SqlError } from "../../sql-error.ts";
import type { Query } from "../ast/query.ts";
import type { Block, BoundQuery } from "./block.ts";

/**
 * Binds a subquery and refuses what Redshift cannot take apart (AWS, "Correlated subquery patterns that are not
 * supported"): a correlation out of the ON of a join, out of a query with window functions, and out of one that
 * is grouped and stands behind IN. A correlation that skips a query is refused where the name is looked up.
 */
export function boundSubquery(query: Query, behindIn: boolean, block: Block): BoundQuery {
  const inner = block.query(query);
  if (!inner.correlated || block.state.isLeaderOnly()) return inner;
  if (block.clause === "JOIN" || inner.hasWindows || (behindIn && inner.isGrouped))
    throw patternError(query.span);
  return inner;
}

export function patternError(span: Span): SqlError {
  return new SqlError(
    "0A000",
    "This type of correlated subquery pattern is not supported due to internal error",
    {
      position: span.start,
    },
  );
}
