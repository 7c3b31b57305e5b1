import type { ConstraintRecord, RelationRecord } from "../catalog/records.ts";

/**
 * Primary keys and unique constraints have an index in the catalog, as drivers expect of PostgreSQL: a row of
 * pg_class, of pg_index, and attributes of its own. There is nothing behind it.
 */
export interface KeyIndex {
  readonly oid: number;
  readonly relation: RelationRecord;
  readonly constraint: ConstraintRecord;
}

/** OIDs of such indexes: 16 for each relation. */
const indexOidBase = 2_500_000_000;

export function* keyIndexes(relations: Iterable<RelationRecord>): Iterable<KeyIndex> {
  for (const relation of relations)
    for (const [index, constraint] of relation.constraints.entries())
      if (constraint.references === undefined)
        yield { oid: indexOidBase + relation.oid * 16 + (index % 16), relation, constraint };
}

/** The index of the key that a foreign key points to. */
export function referencedIndex(
  constraint: ConstraintRecord,
  relations: readonly RelationRecord[],
): KeyIndex | undefined {
  const { references } = constraint;
  const target = relations.find((relation) => relation.oid === references?.relationOid);
  if (references === undefined || target === undefined) return undefined;
  return [...keyIndexes([target])].find(
    ({ constraint: key }) => key.columns.join() === references.columns.join(),
  );
}
