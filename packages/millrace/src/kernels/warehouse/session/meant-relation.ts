import type { QualifiedName } from "../../../sql/redshift/ast/name.ts";
import type { Relation, RelationColumn } from "../../../sql/redshift/bind/name-space.ts";
import type { MeantName, RelationRecord } from "../catalog/records.ts";

/** What a name in the text of a view meant when the view was made. */
export function meantBy(
  name: QualifiedName,
  kind: MeantName["kind"],
  view: RelationRecord | undefined,
): MeantName | undefined {
  return view?.meant?.find(
    (meant) =>
      meant.kind === kind &&
      meant.parts.length === name.parts.length &&
      meant.parts.every((part, index) => part === name.parts[index]?.name),
  );
}

/** The relation under the names that it and its columns had then; columns that came later are not in the text. */
export function asMeant(relation: Relation, { schema, name, columns }: MeantName): Relation {
  const known = new Map(relation.columns.map((column) => [column.attributeNumber, column]));
  const then = columns.flatMap((column): RelationColumn[] => {
    const now = known.get(column.attributeNumber);
    if (now === undefined) return [];
    return now.name === column.name ? [now] : [{ ...now, name: column.name, currentName: now.name }];
  });
  return { ...relation, schema, name, columns: relation.columns.length === 0 ? [] : then };
}
