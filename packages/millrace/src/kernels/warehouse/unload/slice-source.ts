import type { Identifier } from "../../../sql/redshift/ast/name.ts";
import type { Query } from "../../../sql/redshift/ast/query.ts";
import { bindStatement } from "../../../sql/redshift/bind/bind-statement.ts";
import type { BoundStatement, NameSpace, Relation } from "../../../sql/redshift/bind/name-space.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { sliceExpression } from "../slices/slice-expression.ts";
import type { StatementContext } from "../statements/statement-context.ts";

/** No user can write this name: it is not in lower case. */
const sliceColumn = "MILLRACE_SLICE";

/**
 * The query with one column more, the slice that each row lies on, when the query is a plain scan of one table;
 * else undefined. The rights were checked when the query was bound as it is.
 */
export function withSlices(
  query: Query,
  text: string,
  context: StatementContext,
): BoundStatement | undefined {
  if (!isPlainScan(query)) return undefined;
  const { span } = query;
  const name: Identifier = { name: sliceColumn, quoted: true, span };
  const item = { expression: { kind: "reference", parts: [name], span }, alias: undefined } as const;
  const { body } = query;
  if (body.kind !== "select") return undefined;
  const extended: Query = { ...query, body: { ...body, items: [...body.items, item] } };
  try {
    return bindStatement(extended, new SlicedNameSpace(context), {
      ...{ parameterTypes: [], session: context.sessionValues, text },
    });
  } catch (error) {
    // An aggregate without GROUP BY, a view, a system table: rows of no slice.
    if (error instanceof SqlError) return undefined;
    throw error;
  }
}

function isPlainScan({ body, with: common, limit, offset }: Query): boolean {
  if (body.kind !== "select" || common !== undefined || limit !== undefined || offset !== undefined)
    return false;
  const [item] = body.from;
  const isOneTable = body.from.length === 1 && item?.kind === "table" && item.at === undefined;
  const isWhole = !body.distinct && body.distinctOn.length === 0 && body.top === undefined;
  const isUngrouped = body.groupBy.length === 0 && !body.groupByAll && body.having === undefined;
  return isOneTable && isWhole && isUngrouped && body.connectBy === undefined;
}

/** Names of the session, where tables have the slice of their rows as a hidden column. */
class SlicedNameSpace implements NameSpace {
  readonly #inner: NameSpace;
  readonly #context: StatementContext;

  constructor(context: StatementContext) {
    this.#inner = context.nameSpace;
    this.#context = context;
  }

  get database(): string {
    return this.#inner.database;
  }

  get user(): string {
    return this.#inner.user;
  }

  get currentSchema(): string | undefined {
    return this.#inner.currentSchema;
  }

  get settings(): NameSpace["settings"] {
    return this.#inner.settings;
  }

  relation(name: Parameters<NameSpace["relation"]>[0]): Relation | undefined {
    const relation = this.#inner.relation(name);
    return relation === undefined ? undefined : this.#sliced(relation);
  }

  functions(name: Parameters<NameSpace["functions"]>[0]): ReturnType<NameSpace["functions"]> {
    return this.#inner.functions(name);
  }

  tableFunction(
    name: string,
    argumentTexts: readonly (string | undefined)[],
  ): ReturnType<NonNullable<NameSpace["tableFunction"]>> {
    return this.#inner.tableFunction?.(name, argumentTexts);
  }

  #sliced(relation: Relation): Relation {
    const { source, database, oid, columns } = relation;
    if (source.kind !== "physical" || database !== this.database) return relation;
    const record = this.#context.catalog.relationByOid(oid);
    if (record === undefined) return relation;
    const slice = sliceExpression(record, this.#context.host.facts.slices);
    const last = Math.max(0, ...columns.map(({ attributeNumber }) => attributeNumber));
    return {
      ...relation,
      source: { kind: "physical", sql: `(SELECT *, ${slice} AS "${sliceColumn}" FROM ${source.sql})` },
      columns: [
        ...columns,
        {
          ...{ name: sliceColumn, engineName: sliceColumn, type: { name: "integer" } },
          ...{ nullable: false, attributeNumber: last + 1, autoIncrement: false, hidden: true },
        },
      ],
    };
  }
}
