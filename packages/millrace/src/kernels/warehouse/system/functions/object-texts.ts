import { keyIndexes } from "../key-indexes.ts";
import type { SystemView } from "../system-view.ts";
import { constraintDefinition, constraintOid, indexDefinition } from "../tables/pg-constraint.ts";
import { descriptionRows } from "../tables/pg-links.ts";
import { procRows } from "../tables/pg-proc.ts";
import { viewDefinition } from "../tables/pg-views.ts";
import { typeFacts } from "../type-oids.ts";
import { lookUpNumber, lookUpOid } from "./look-up.ts";
import { relationOidSql } from "./relation-names.ts";

/** `format_type(oid, modifier)` */
export function formatTypeSql([oid = "NULL", modifier = "NULL"]: readonly string[]): string {
  const name = lookUpNumber(
    oid,
    typeFacts.map((fact) => [fact.oid, fact.text] as const),
  );
  const length = `CAST(${modifier} AS BIGINT) - 4`;
  return `(CASE WHEN ${oid} IS NULL THEN NULL ELSE COALESCE(${name}, '???') || CASE
    WHEN ${modifier} IS NULL OR ${modifier} < 0 THEN ''
    WHEN ${oid} IN (1042, 1043) THEN '(' || (${length}) || ')'
    WHEN ${oid} = 1700 THEN '(' || ((${length}) >> 16) || ',' || ((${length}) & 65535) || ')'
    WHEN ${oid} = 6551 THEN '(' || ${modifier} || ')'
    ELSE '' END END)`;
}

/** Sub-objects (columns) that an object may have in the keys of descriptions. */
const maximumColumns = 10_000;

/** `obj_description(oid [, catalog])`, `col_description(table, column)` */
export function descriptionSql(args: readonly string[], view: SystemView, of: "object" | "column"): string {
  const [oid = "NULL", column = "0"] = args;
  const entries = [...descriptionRows(view)].map(
    (row) =>
      [Number(row["objoid"]) * maximumColumns + Number(row["objsubid"]), String(row["description"])] as const,
  );
  const sub = of === "object" ? "0" : `CAST(${column} AS BIGINT)`;
  return lookUpNumber(`(CAST(${oid} AS BIGINT) * ${maximumColumns} + ${sub})`, entries);
}

/** `pg_get_viewdef(oid or name [, pretty])` */
export function viewDefinitionSql([relation = "NULL"]: readonly string[], view: SystemView): string {
  const views = view.catalog.relations.filter((candidate) => candidate.type !== "table");
  return lookUpNumber(
    `(${relationOidSql(relation, view)})`,
    views.map((candidate) => [candidate.oid, viewDefinition(candidate)] as const),
  );
}

/** `pg_get_constraintdef(oid [, pretty])` */
export function constraintDefinitionSql([oid = "NULL"]: readonly string[], view: SystemView): string {
  return lookUpNumber(
    oid,
    view.catalog.relations.flatMap((relation) =>
      relation.constraints.map(
        (constraint, index) =>
          [constraintOid(relation, index), constraintDefinition(relation, constraint, view)] as const,
      ),
    ),
  );
}

/** `pg_get_function_result(oid)`, which psql asks since version 15. */
export function functionResultSql([oid = "NULL"]: readonly string[], view: SystemView): string {
  return lookUpNumber(
    oid,
    [...procRows(view)].map((row) => [Number(row["oid"]), typeText(Number(row["prorettype"]))] as const),
  );
}

/** `pg_get_function_arguments(oid)` */
export function functionArgumentsSql([oid = "NULL"]: readonly string[], view: SystemView): string {
  return lookUpNumber(
    oid,
    [...procRows(view)].map((row) => {
      const names = Array.isArray(row["proargnames"]) ? row["proargnames"] : [];
      const types = String(row["proargtypes"]).split(" ").filter(Boolean);
      const texts = types.map((type, index) => `${names[index] ?? ""} ${typeText(Number(type))}`.trim());
      return [Number(row["oid"]), texts.join(", ")] as const;
    }),
  );
}

function typeText(oid: number): string {
  return typeFacts.find((fact) => fact.oid === oid)?.text ?? "-";
}

/** `pg_get_indexdef(oid [, column, pretty])` */
export function indexDefinitionSql([oid = "NULL"]: readonly string[], view: SystemView): string {
  return lookUpNumber(
    oid,
    [...keyIndexes(view.catalog.relations)].map(
      (index) => [index.oid, indexDefinition(index, view)] as const,
    ),
  );
}

/** The number of a type that is given by its name or its number. */
export function typeOidSql(sql: string): string {
  const names = new Map(
    typeFacts.flatMap((fact) => [[fact.text, fact.oid] as const, [fact.name, fact.oid] as const]),
  );
  const bare = `replace(replace(trim(CAST(${sql} AS VARCHAR)), 'pg_catalog.', ''), '"', '')`;
  return `COALESCE(TRY_CAST(${sql} AS BIGINT), ${lookUpOid(`(${bare})`, [...names])})`;
}
