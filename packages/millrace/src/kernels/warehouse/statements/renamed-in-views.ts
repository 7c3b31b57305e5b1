import type { QualifiedName } from "../../../sql/redshift/ast/name.ts";
import { nameText } from "../../../sql/redshift/format/name-text.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { MeantName, RelationRecord } from "../catalog/records.ts";
import { parseDefinition } from "../session/definitions.ts";
import { viewsOn } from "./dependent-columns.ts";
import { relationsNamed } from "./meant-names.ts";
import { lockRelation } from "./relations.ts";
import type { StatementContext } from "./statement-context.ts";

/**
 * Gives a relation another name. Views on it go on reading it, whatever their texts say; where that can be done
 * in place, the new name is written into their texts, as Redshift shows it.
 */
export async function renameRelation(
  record: RelationRecord,
  name: string,
  context: StatementContext,
): Promise<RelationRecord> {
  const views = viewsOn(record, undefined, context);
  for (const view of views) await lockRelation(view, "exclusive", context);
  const texts = views.map((view) => renamedText(view, record, name, context));
  const renamed = { ...record, name };
  context.catalog.put(renamed);
  for (const [index, view] of views.entries()) {
    const rewritten = { ...view, definition: texts[index], meant: meantUnder(name, record.oid, view) };
    if (meansTheSame(rewritten, record, context)) context.catalog.put(rewritten);
  }
  return renamed;
}

/** The definition with the new name wherever it names the relation; columns are still found by the former one. */
function renamedText(
  view: RelationRecord,
  record: RelationRecord,
  name: string,
  context: StatementContext,
): string {
  let { definition: text = "" } = view;
  const query = parseDefinition(text);
  const found = relationsNamed(view, context).filter(({ relation }) => relation.oid === record.oid);
  const named = new Map(found.map((one) => [one.name.span.start, one.name]));
  for (const [start, { span, parts }] of [...named].sort(([left], [right]) => right - left)) {
    const qualifier = parts.slice(0, -1).map((part) => `${plain(part.name)}.`);
    const alias = hasAlias(query, start) ? "" : ` as ${plain(record.name)}`;
    text = `${text.slice(0, start)}${qualifier.join("")}${plain(name)}${alias}${text.slice(span.end)}`;
  }
  return text;
}

/** In quotes where it must be. */
const plain = (name: string): string => nameText({ name, quoted: false, span: { start: 0, end: 0 } });

/** Whether the item of FROM whose name stands there has an alias. */
function hasAlias(tree: object, start: number): boolean {
  const pending: object[] = [tree];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if ("kind" in node && node.kind === "table" && "name" in node && "alias" in node) {
      const { name, alias } = node as { name: QualifiedName; alias: unknown };
      if (name.span.start === start) return alias !== undefined;
    }
    for (const child of Object.values(node))
      if (typeof child === "object" && child !== null) pending.push(child);
  }
  return false;
}

/** What the view's names mean, with the new name in place of the former. */
function meantUnder(name: string, oid: number, { meant = [] }: RelationRecord): readonly MeantName[] {
  return meant.map((one) =>
    one.kind === "relation" && one.oids.includes(oid)
      ? { ...one, parts: [...one.parts.slice(0, -1), name], name }
      : one,
  );
}

/** False where the text says the former name elsewhere too, with its schema for example. */
function meansTheSame(view: RelationRecord, record: RelationRecord, context: StatementContext): boolean {
  try {
    return relationsNamed(view, context).some(({ relation }) => relation.oid === record.oid);
  } catch (error) {
    if (error instanceof SqlError) return false;
    throw error;
  }
}
