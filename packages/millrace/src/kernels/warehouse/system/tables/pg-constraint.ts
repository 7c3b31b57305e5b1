import type { ConstraintRecord, RelationRecord } from "../../catalog/records.ts";
import { type KeyIndex, keyIndexes, referencedIndex } from "../key-indexes.ts";
import { columnNamed, schemaOf } from "../system-objects.ts";
import { type SystemTable, systemTable } from "../system-table.ts";
import type { SystemView } from "../system-view.ts";

/** OIDs of constraints, which have none of their own, lie here: 16 for each relation. */
const constraintOidBase = 3_000_000_000;

export function constraintOid(relation: RelationRecord, index: number): number {
  return constraintOidBase + relation.oid * 16 + (index % 16);
}

const letters = Object.freeze({ "primary key": "p", unique: "u", "foreign key": "f" });

export const pgConstraint: SystemTable = systemTable(
  "pg_constraint",
  `~oid oid, ~conindid oid, conname name, connamespace oid, contype char, condeferrable bool, condeferred bool, conrelid oid,
   contypid oid, confrelid oid, confupdtype char, confdeltype char, confmatchtype char, conkey int2[],
   confkey int2[], conbin text, consrc text`,
  (view) => {
    const indexes = new Map(
      [...keyIndexes(view.catalog.relations)].map((entry) => [entry.constraint, entry]),
    );
    return view.catalog.relations.flatMap((relation) =>
      relation.constraints.map((constraint, index) => {
        const foreign = constraint.references;
        return {
          oid: constraintOid(relation, index),
          conindid:
            indexes.get(constraint)?.oid ?? referencedIndex(constraint, view.catalog.relations)?.oid ?? 0,
          conname: constraint.name,
          connamespace: relation.schemaOid,
          contype: letters[constraint.type],
          condeferrable: false,
          condeferred: false,
          conrelid: relation.oid,
          contypid: 0,
          confrelid: foreign?.relationOid ?? 0,
          confupdtype: foreign === undefined ? " " : "a",
          confdeltype: foreign === undefined ? " " : "a",
          confmatchtype: foreign === undefined ? " " : "u",
          conkey: constraint.columns,
          confkey: foreign?.columns ?? null,
        };
      }),
    );
  },
);

/** Behind primary keys and unique constraints; psql asks for `~indisvalid` since version 15. */
export const pgIndex: SystemTable = systemTable(
  "pg_index",
  `~indisvalid bool, indexrelid oid, indrelid oid, indkey int2vector, indclass oidvector, indnatts int2,
   indisunique bool, indisprimary bool, indisclustered bool, indexprs text, indpred text`,
  (view) =>
    [...keyIndexes(view.catalog.relations)].map(({ oid, relation, constraint }) => ({
      indisvalid: true,
      indexrelid: oid,
      indrelid: relation.oid,
      indkey: constraint.columns.join(" "),
      indclass: constraint.columns.map(() => "0").join(" "),
      indnatts: constraint.columns.length,
      indisunique: true,
      indisprimary: constraint.type === "primary key",
      indisclustered: false,
    })),
);

export const pgIndexes: SystemTable = systemTable(
  "pg_indexes",
  "schemaname name, tablename name, indexname name, tablespace name, indexdef text",
  (view) =>
    [...keyIndexes(view.catalog.relations)].map((index) => ({
      schemaname: schemaOf(index.relation, view)?.name ?? null,
      tablename: index.relation.name,
      indexname: index.constraint.name,
      tablespace: null,
      indexdef: indexDefinition(index, view),
    })),
  { kind: "v" },
);

/** `CREATE UNIQUE INDEX t_pkey ON public.t USING btree (a)`: pg_get_indexdef. */
export function indexDefinition({ relation, constraint }: KeyIndex, view: SystemView): string {
  const names = constraint.columns.map((number) => quoted(columnNamed(relation, number)?.name ?? "?"));
  const table = `${quoted(schemaOf(relation, view)?.name ?? "?")}.${quoted(relation.name)}`;
  return `CREATE UNIQUE INDEX ${quoted(constraint.name)} ON ${table} USING btree (${names.join(", ")})`;
}

/** `FOREIGN KEY (a) REFERENCES t(b)`: pg_get_constraintdef. */
export function constraintDefinition(
  relation: RelationRecord,
  constraint: ConstraintRecord,
  view: SystemView,
): string {
  const names = (of: RelationRecord | undefined, numbers: readonly number[]): string =>
    numbers
      .map((number) => quoted(of === undefined ? "?" : (columnNamed(of, number)?.name ?? "?")))
      .join(", ");
  const own = names(relation, constraint.columns);
  const { references } = constraint;
  if (references === undefined) return `${constraint.type.toUpperCase()} (${own})`;
  const target = view.catalog.relations.find((candidate) => candidate.oid === references.relationOid);
  const schema = target === undefined ? undefined : schemaOf(target, view)?.name;
  // Names that the search path finds stand without their schema.
  const prefix = schema === undefined || view.session.searchPath.includes(schema) ? "" : `${quoted(schema)}.`;
  const table = `${prefix}${quoted(target?.name ?? "?")}`;
  return `FOREIGN KEY (${own}) REFERENCES ${table}(${names(target, references.columns)})`;
}

export function quoted(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
