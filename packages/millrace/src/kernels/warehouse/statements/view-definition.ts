import type { Expression, Star } from "../../../sql/redshift/ast/expression.ts";
import type { Query, QueryBody, Select, SelectItem } from "../../../sql/redshift/ast/query.ts";
import { formatQuery } from "../../../sql/redshift/format/format.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { definitionText } from "../session/definitions.ts";
import type { StatementContext } from "./statement-context.ts";

/**
 * A definition as the catalog keeps it. `*` means the columns that there are when a view is made, so it is
 * written out; the rest stays as the user wrote it.
 */
export async function viewDefinition(query: Query, text: string, context: StatementContext): Promise<string> {
  const expanded = await expandBody(query.body, query, context);
  if (expanded === query.body) return definitionText(text, context.settings);
  return formatQuery({ ...query, body: expanded });
}

async function expandBody(body: QueryBody, query: Query, context: StatementContext): Promise<QueryBody> {
  switch (body.kind) {
    case "select":
      return expandSelect(body, query, context);
    case "set-operation": {
      const left = await expandBody(body.left, query, context);
      const right = await expandBody(body.right, query, context);
      return left === body.left && right === body.right ? body : { ...body, left, right };
    }
    case "nested": {
      const inner = await expandBody(body.query.body, body.query, context);
      return inner === body.query.body ? body : { ...body, query: { ...body.query, body: inner } };
    }
    case "values":
      return body;
  }
}

async function expandSelect(select: Select, query: Query, context: StatementContext): Promise<Select> {
  const stars = select.items.filter(({ expression }) => expression.kind === "star");
  if (stars.length === 0) return select;
  const items: SelectItem[] = [];
  for (const item of select.items) {
    const { expression } = item;
    if (expression.kind !== "star") items.push(item);
    else
      for (const name of await starNames(expression, select, query, context))
        items.push(reference(expression, name));
  }
  const expanded: Select = { ...select, items };
  // A name that two tables have cannot be written out without its table.
  await demandSame(select, expanded, query, context);
  return expanded;
}

/** Alone in its list, the star gives its own names. */
async function starNames(
  star: Star,
  select: Select,
  query: Query,
  context: StatementContext,
): Promise<readonly string[]> {
  const alone: Select = { ...plain(select), items: [{ expression: star, alias: undefined }] };
  return namesOf(alone, query, context);
}

/** Without what may name other columns than those of FROM. */
function plain(select: Select): Select {
  return {
    ...select,
    distinct: false,
    groupBy: [],
    groupByAll: false,
    having: undefined,
    qualify: undefined,
  };
}

async function namesOf(body: Select, query: Query, context: StatementContext): Promise<readonly string[]> {
  const whole: Query = { ...query, body, orderBy: [], limit: undefined, offset: undefined };
  const bound = await context.bind(whole, context.statement.text);
  return bound.columns.map(({ name }) => name);
}

function reference(star: Star, name: string): SelectItem {
  const { span } = star;
  const expression: Expression = {
    kind: "reference",
    parts: [...star.qualifier, { name, quoted: true, span }],
    span,
  };
  return { expression, alias: undefined };
}

async function demandSame(
  select: Select,
  expanded: Select,
  query: Query,
  context: StatementContext,
): Promise<void> {
  const before = await namesOf(select, query, context);
  const after = await namesOf(expanded, query, context);
  if (before.join("\0") !== after.join("\0"))
    throw new SqlError("0A000", "* over tables that share column names in a view; name the columns", {
      position: select.span.start,
    });
}
