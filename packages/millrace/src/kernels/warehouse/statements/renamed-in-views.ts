import type { QualifiedName } from "../../../sql/redshift/ast/name.ts";
import { bindStatement } from "../../../sql/redshift/bind/bind-statement.ts";
import type {
  BindSettings,
  NameSpace,
  Relation,
  UserFunction,
} from "../../../sql/redshift/bind/name-space.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { RelationRecord } from "../catalog/records.ts";
import { parseDefinition } from "../session/definitions.ts";
import { describe } from "./dependencies.ts";
import { viewsOn } from "./dependent-columns.ts";
import { lockRelation } from "./relations.ts";
import type { StatementContext } from "./statement-context.ts";

/**
 * Gives a relation another name. Views on it go on reading it, as in Redshift: they are kept as texts, so the new name
 * is written into their definitions.
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
    const rewritten = { ...view, definition: texts[index] };
    context.catalog.put(rewritten);
    demandSameMeaning(rewritten, record, context);
  }
  return renamed;
}

/** A view's name space that notes where in its text a relation is named. */
class NamingSpace implements NameSpace {
  readonly names: QualifiedName[] = [];
  readonly #inner: NameSpace;
  readonly #oid: number;

  constructor(inner: NameSpace, oid: number) {
    this.#inner = inner;
    this.#oid = oid;
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

  get settings(): BindSettings {
    return this.#inner.settings;
  }

  relation(name: QualifiedName): Relation | undefined {
    const relation = this.#inner.relation(name);
    if (relation?.oid === this.#oid) this.names.push(name);
    return relation;
  }

  functions(name: QualifiedName): readonly UserFunction[] {
    return this.#inner.functions(name);
  }

  tableFunction(name: string, argumentTexts: readonly (string | undefined)[]): Relation | undefined {
    return this.#inner.tableFunction?.(name, argumentTexts);
  }
}

function namesIn(view: RelationRecord, oid: number, context: StatementContext): readonly QualifiedName[] {
  const { definition = "" } = view;
  const space = new NamingSpace(context.viewNameSpace(view), oid);
  bindStatement(parseDefinition(definition), space, {
    parameterTypes: [],
    session: context.sessionValues,
    text: definition,
  });
  return space.names;
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
  const named = new Map(namesIn(view, record.oid, context).map((found) => [found.span.start, found]));
  for (const [start, { span, parts }] of [...named].sort(([left], [right]) => right - left)) {
    const qualifier = parts.slice(0, -1).map((part) => `${quoted(part.name)}.`);
    const alias = hasAlias(query, start) ? "" : ` as ${quoted(record.name)}`;
    text = `${text.slice(0, start)}${qualifier.join("")}${quoted(name)}${alias}${text.slice(span.end)}`;
  }
  return text;
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

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

/** @throws SqlError 0A000 for a definition that also says the former name elsewhere, with its schema for example */
function demandSameMeaning(view: RelationRecord, record: RelationRecord, context: StatementContext): void {
  try {
    if (namesIn(view, record.oid, context).length > 0) return;
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
  }
  throw new SqlError("0A000", `cannot rename "${record.name}" while ${describe(view)} reads it`, {
    hint: "Drop the view, and make it again with the new name.",
  });
}
