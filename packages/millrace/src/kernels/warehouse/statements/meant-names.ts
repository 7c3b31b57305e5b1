import type { QualifiedName } from "../../../sql/redshift/ast/name.ts";
import { bindStatement } from "../../../sql/redshift/bind/bind-statement.ts";
import type {
  BindSettings,
  NameSpace,
  Relation,
  UserFunction,
} from "../../../sql/redshift/bind/name-space.ts";
import type { MeantName, RelationRecord } from "../catalog/records.ts";
import { parseDefinition } from "../session/definitions.ts";
import type { StatementContext } from "./statement-context.ts";

/** A relation as a text names it. */
interface FoundRelation {
  readonly name: QualifiedName;
  readonly relation: Relation;
}

/** A view's name space that notes what names in its text mean. */
class NotingSpace implements NameSpace {
  readonly relations: FoundRelation[] = [];
  readonly called: { readonly name: QualifiedName; readonly functions: readonly UserFunction[] }[] = [];
  readonly #inner: NameSpace;

  constructor(inner: NameSpace) {
    this.#inner = inner;
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
    if (relation !== undefined) this.relations.push({ name, relation });
    return relation;
  }

  functions(name: QualifiedName): readonly UserFunction[] {
    const functions = this.#inner.functions(name);
    if (functions.length > 0) this.called.push({ name, functions });
    return functions;
  }

  tableFunction(name: string, argumentTexts: readonly (string | undefined)[]): Relation | undefined {
    return this.#inner.tableFunction?.(name, argumentTexts);
  }
}

function noted(view: RelationRecord, context: StatementContext): NotingSpace {
  const { definition = "" } = view;
  const space = new NotingSpace(context.viewNameSpace(view));
  bindStatement(parseDefinition(definition), space, {
    parameterTypes: [],
    session: context.sessionValues,
    text: definition,
  });
  return space;
}

/** Relations that a view's text names, each as often as it does. @throws what the binder throws */
export function relationsNamed(view: RelationRecord, context: StatementContext): readonly FoundRelation[] {
  return noted(view, context).relations;
}

/** The view with what its names mean now, so that they mean it under other names, too. */
export function withMeantNames(view: RelationRecord, context: StatementContext): RelationRecord {
  const { relations, called } = noted(view, context);
  const names = new Map<string, MeantName>();
  for (const { name, relation } of relations) {
    const isLocal = relation.database === context.databaseRecord.name;
    if (!isLocal || relation.kind === "system table" || relation.kind === "external table") continue;
    const { oid, schema, columns } = relation;
    const parts = name.parts.map((part) => part.name);
    names.set(parts.join("\0"), {
      ...{ kind: "relation", parts, oids: [oid], schema, name: relation.name },
      columns: columns.map(({ attributeNumber, name: column }) => ({ attributeNumber, name: column })),
    });
  }
  for (const { name, functions } of called) {
    const parts = name.parts.map((part) => part.name);
    const oids = functions.map(({ oid }) => oid);
    names.set(`()${parts.join("\0")}`, {
      ...{ kind: "functions", parts, oids, columns: [] },
      ...{ schema: functions[0]?.schema ?? "", name: functions[0]?.name ?? "" },
    });
  }
  return { ...view, meant: [...names.values()] };
}
