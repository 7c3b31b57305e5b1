import type { Call, Expression, Query } from "../flink/ast/tree.ts";
import { formatQuery } from "../flink/format/format.ts";
import { literalText, quotedName } from "../flink/format/text-writer.ts";
import { parseScript } from "../flink/parser/flink-parser.ts";
import type { Rewriting, RewrittenQuery } from "./rewriting.ts";
import { withRowtime } from "./rowtime-query.ts";
import { unsupported } from "./unsupported.ts";

/** AWS's bounds of K and of the window. */
const MAX_ITEMS = 100_000;
const MAX_WINDOW_SECONDS = 3600;

/**
 * TOP_K_ITEMS_TUMBLING and COUNT_DISTINCT_ITEMS_TUMBLING, exactly where AWS's are approximate.
 * @throws SqlError 0A000 for all other table functions
 */
export function itemsFunction(rewriter: Rewriting, call: Call): RewrittenQuery {
  const name = call.name.parts.at(-1)?.name ?? "";
  const position = rewriter.origin + call.span.start;
  const isTop = name === "TOP_K_ITEMS_TUMBLING";
  if (!isTop && name !== "COUNT_DISTINCT_ITEMS_TUMBLING") {
    throw unsupported(name, position);
  }
  const [cursor, column, ...numbers] = call.arguments;
  const bounds = isTop ? [MAX_ITEMS, MAX_WINDOW_SECONDS] : [MAX_WINDOW_SECONDS];
  const values = numbers.map(wholeNumber);
  const wrong =
    values.length !== bounds.length ||
    values.some((value, index) => !(value >= 1 && value <= (bounds[index] ?? 0)));
  if (cursor?.kind !== "table-argument" || !("kind" in cursor.table) || column?.kind !== "string" || wrong) {
    throw unsupported(
      `${name} with other arguments than a CURSOR, a column in quotes and whole numbers`,
      position,
    );
  }
  const inner = rewriter.rewrite(cursor.table);
  const source = formatQuery(withRowtime(inner.query, inner.columns));
  const seconds = values.at(-1) ?? 1;
  const item = inner.columns.includes(column.value) ? column.value : column.value.toUpperCase();
  const text = isTop
    ? topItemsText(source, item, values[0] ?? 1, seconds)
    : distinctItemsText(source, item, seconds);
  return {
    query: parsedAt(text, call),
    columns: isTop ? ["ITEM", "ITEM_COUNT"] : ["NUMBER_OF_DISTINCT_ITEMS"],
  };
}

const wholeNumber = (expression: Expression): number =>
  expression.kind === "number" && /^\d+$/.test(expression.text) ? Number(expression.text) : Number.NaN;

function topItemsText(source: string, item: string, count: number, seconds: number): string {
  const interval = `INTERVAL ${literalText(String(seconds))} SECOND(4)`;
  return `SELECT ITEM, ITEM_COUNT FROM (
    SELECT ITEM, ITEM_COUNT,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY ITEM_COUNT DESC) AS PLACE
    FROM (
      SELECT ${quotedName(item)} AS ITEM, COUNT(*) AS ITEM_COUNT, window_start, window_end
      FROM TABLE(TUMBLE((${source}), DESCRIPTOR(\`ROWTIME\`), ${interval}))
      GROUP BY ${quotedName(item)}, window_start, window_end
    )
  ) WHERE PLACE <= ${count}`;
}

function distinctItemsText(source: string, item: string, seconds: number): string {
  const interval = `INTERVAL ${literalText(String(seconds))} SECOND(4)`;
  return `SELECT COUNT(DISTINCT ${quotedName(item)}) AS NUMBER_OF_DISTINCT_ITEMS
    FROM TABLE(TUMBLE((${source}), DESCRIPTOR(\`ROWTIME\`), ${interval}))
    GROUP BY window_start, window_end`;
}

/** All of it stands where the call stands. */
function parsedAt(text: string, call: Call): Query {
  const [parsed] = parseScript(text);
  if (parsed?.ast.kind !== "query") {
    throw new Error("what was written is no query");
  }
  return { ...parsed.ast, span: call.span };
}
