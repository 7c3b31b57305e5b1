import type { ColumnDefinition } from "../../../sql/redshift/ast/table.ts";
import { bindExpression } from "../../../sql/redshift/bind/bind-statement.ts";
import { canCast } from "../../../sql/redshift/functions/function-table.ts";
import { engineType, formatType } from "../../../sql/redshift/type-text.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { ColumnRecord } from "../catalog/records.ts";
import { engineColumn, engineSequence } from "../session/engine-names.ts";
import { checkColumnType, defaultEncoding, storedType } from "./new-relation.ts";
import type { StatementContext } from "./statement-context.ts";

/** A column as it was declared. @throws SqlError for defaults and identities that do not fit it */
export function columnRecord(
  definition: ColumnDefinition,
  attributeNumber: number,
  isSortKey: boolean,
  context: StatementContext,
): ColumnRecord {
  const { name } = definition.name;
  checkColumnType(name, definition.type);
  const type = storedType(definition.type);
  const { identity } = definition;
  if (identity !== undefined) checkIdentity(definition);
  if (definition.default !== undefined) checkDefault(definition, context);
  return {
    attributeNumber,
    name,
    type,
    nullable: identity === undefined && definition.nullable !== false && !definition.primaryKey,
    defaultText: definition.default?.text,
    identity,
    encoding: definition.encode ?? defaultEncoding(type, isSortKey),
    collation: definition.collate,
    comment: undefined,
  };
}

function checkIdentity({ name, type, default: byDefault, identity, typeSpan }: ColumnDefinition): void {
  if (type.name !== "integer" && type.name !== "bigint")
    throw new SqlError("42P16", "identity column type must be integer or bigint", {
      position: typeSpan.start,
    });
  if (byDefault !== undefined)
    throw new SqlError("42601", `both default and identity specified for column "${name.name}"`);
  if (identity?.step === 0n) throw new SqlError("22023", "identity step must not be zero");
}

/** @throws SqlError 42804; 42703 for columns, which a default cannot name */
function checkDefault({ name, type, default: clause }: ColumnDefinition, context: StatementContext): void {
  if (clause === undefined) return;
  const bound = bindExpression(clause.expression, context.nameSpace, {
    parameterTypes: [],
    session: { value: () => "NULL" },
    text: context.statement.text,
  });
  if (bound.type.name !== "unknown" && !canCast(bound.type, type, "assignment"))
    throw new SqlError(
      "42804",
      `column "${name.name}" is of type ${formatType(type)} but default expression is of type ${formatType(bound.type)}`,
      { hint: "You will need to rewrite or cast the expression." },
    );
}

/** A column of the engine's table. */
export function engineColumnSql({ attributeNumber, type, nullable }: ColumnRecord): string {
  return `${engineColumn(attributeNumber)} ${engineType(type)}${nullable ? "" : " NOT NULL"}`;
}

/**
 * Identities count in a sequence of the engine, which transactions share: numbers are given once, whoever rolls
 * back. A sequence needs bounds on both sides of its start.
 */
export function sequenceSql(
  database: string,
  oid: number,
  { attributeNumber, identity }: ColumnRecord,
): string {
  const { seed, step } = identity ?? { seed: 1n, step: 1n };
  // The engine takes no qualified name for what is temporary.
  const create = database === "temp" ? "CREATE TEMP SEQUENCE" : "CREATE SEQUENCE";
  const name =
    database === "temp" ? `"s${oid}_${attributeNumber}"` : engineSequence(database, oid, attributeNumber);
  const [minimum, maximum] = step > 0n ? [seed, maxBigint] : [minBigint, seed];
  return `${create} ${name} START WITH ${seed} INCREMENT BY ${step} MINVALUE ${minimum} MAXVALUE ${maximum}`;
}

const maxBigint = 2n ** 63n - 1n;
const minBigint = -(2n ** 63n - 1n);
