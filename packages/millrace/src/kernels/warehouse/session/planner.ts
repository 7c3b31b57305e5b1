import type { DuckDBPreparedStatement } from "@duckdb/node-api";
import { bindStatement } from "../../../sql/redshift/bind/bind-statement.ts";
import type { BoundStatement, NameSpace, SessionValues } from "../../../sql/redshift/bind/name-space.ts";
import type { SqlType } from "../../../sql/redshift/types.ts";
import type { CatalogSnapshot } from "../catalog/catalog-snapshot.ts";
import type { CatalogView } from "../catalog/catalog-view.ts";
import type { LeaderSnapshot } from "../cluster/leader.ts";
import type { EngineConnection } from "../engine/engine-connection.ts";
import type { ParsedStatement, ResultColumn } from "../sql-session.ts";
import type { DataStatement, StatementContext } from "../statements/statement-context.ts";

/** Plans that a session keeps for statements that come again; each holds a prepared statement of the engine. */
const maxPlans = 200;

/** What a plan was made under. While it is the same, the plan holds. */
export interface PlanConditions {
  readonly view: CatalogView;
  readonly settingsKey: string;
  readonly userId: number;
  /** Plans name users whose rights count: views' owners. */
  readonly leader: LeaderSnapshot;
  /** Decimals are computed in 128 bits. */
  readonly wide: boolean;
}

/** A statement that is bound, and prepared in the engine once it has run. */
export class Plan {
  readonly bound: BoundStatement;
  readonly columns: readonly ResultColumn[] | undefined;
  readonly #permanent: CatalogSnapshot;
  readonly #temporary: CatalogSnapshot;
  readonly #settingsKey: string;
  readonly #userId: number;
  readonly #leader: LeaderSnapshot;
  readonly #wide: boolean;
  #engine: DuckDBPreparedStatement | undefined;

  constructor(bound: BoundStatement, conditions: PlanConditions) {
    this.bound = bound;
    this.columns = bound.kind === "query" ? resultColumns(bound) : undefined;
    this.#permanent = conditions.view.permanent;
    this.#temporary = conditions.view.temporary;
    this.#settingsKey = conditions.settingsKey;
    this.#userId = conditions.userId;
    this.#leader = conditions.leader;
    this.#wide = conditions.wide || !bound.narrowDecimals;
  }

  /** Whether its names still mean the same. */
  holds({ view, settingsKey, userId, leader, wide }: PlanConditions): boolean {
    return (
      (this.#wide || !wide) &&
      this.#permanent === view.permanent &&
      this.#temporary === view.temporary &&
      this.#settingsKey === settingsKey &&
      this.#userId === userId &&
      this.#leader === leader
    );
  }

  async prepared(connection: EngineConnection, sql: () => Promise<string>): Promise<DuckDBPreparedStatement> {
    if (!this.bound.reusable) return connection.prepare(await sql());
    this.#engine ??= await connection.prepare(await sql());
    return this.#engine;
  }

  dispose(): void {
    this.#engine?.destroySync();
    this.#engine = undefined;
  }
}

/** What RowDescription says of a query's columns. */
export function resultColumns({ columns }: BoundStatement): readonly ResultColumn[] {
  return columns.map(({ name, type, origin }) =>
    origin === undefined
      ? { name, type }
      : {
          name,
          type,
          origin: {
            database: origin.relation.database,
            schema: origin.relation.schema,
            table: origin.relation.name,
            tableOid: origin.relation.oid,
            column: origin.column.name,
            attributeNumber: origin.column.attributeNumber,
            nullable: origin.column.nullable,
            autoIncrement: origin.column.autoIncrement,
          },
        },
  );
}

/** The columns that a prepared statement would give. */
export async function bindForColumns(
  statement: ParsedStatement,
  parameterTypes: readonly SqlType[],
  context: StatementContext,
): Promise<readonly ResultColumn[] | undefined> {
  const bound = await context.withDatabases(() =>
    bindStatement(statement.ast as DataStatement, context.nameSpace, {
      parameterTypes,
      session: context.sessionValues,
      text: statement.text,
    }),
  );
  return bound.kind === "query" ? resultColumns(bound) : undefined;
}

/** A session's plans, by statement. The same text is the same statement as long as the cluster remembers it. */
export class Planner {
  readonly #plans = new Map<ParsedStatement, Plan>();

  plan(
    statement: ParsedStatement,
    parameterTypes: readonly (SqlType | undefined)[],
    conditions: PlanConditions,
    binding: { readonly space: NameSpace; readonly session: SessionValues },
  ): Plan {
    const known = parameterTypes.length === 0 ? this.#plans.get(statement) : undefined;
    if (known?.holds(conditions) === true && known.bound.reusable) {
      // The newest last.
      this.#plans.delete(statement);
      this.#plans.set(statement, known);
      return known;
    }
    const bound = bindStatement(statement.ast as DataStatement, binding.space, {
      parameterTypes,
      session: binding.session,
      text: statement.text,
      wide: conditions.wide,
    });
    const plan = new Plan(bound, conditions);
    if (parameterTypes.length === 0 && bound.reusable) this.#keep(statement, plan);
    return plan;
  }

  dispose(): void {
    for (const plan of this.#plans.values()) plan.dispose();
    this.#plans.clear();
  }

  #keep(statement: ParsedStatement, plan: Plan): void {
    this.#plans.get(statement)?.dispose();
    this.#plans.set(statement, plan);
    if (this.#plans.size <= maxPlans) return;
    const [oldest, dropped] = this.#plans.entries().next().value ?? [];
    if (oldest === undefined) return;
    this.#plans.delete(oldest);
    dropped?.dispose();
  }
}
