import type { QualifiedName } from "../../../sql/redshift/ast/name.ts";
import type { GrantTarget } from "../../../sql/redshift/ast/security.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { FunctionRecord, Grant, Privilege, RelationRecord, SchemaRecord } from "../catalog/records.ts";
import { nameParts } from "../session/name-resolution.ts";
import { databaseNamed } from "../statements/databases.ts";
import { functionNamed } from "../statements/functions.ts";
import {
  checkOwnDatabase,
  demandRelation,
  lockDefinition,
  schemaNamed,
  usableSchema,
} from "../statements/relations.ts";
import type { StatementContext } from "../statements/statement-context.ts";
import type { ObjectWord } from "./denied.ts";
import { languageOf } from "./languages.ts";
import type { Securable } from "./principal.ts";

/** An object that privileges are granted on, locked for the change of its grants. */
export interface GrantTargetObject extends Securable {
  readonly word: ObjectWord;
  readonly name: string;
  /** What ALL gives. */
  readonly all: readonly Privilege[];
  /** What can be granted on a column; none where there are no columns. */
  readonly columnPrivileges: readonly Privilege[];
  readonly columns: readonly string[];
  put(grants: readonly Grant[]): void;
}

const tablePrivileges: readonly Privilege[] = Object.freeze([
  "select",
  "insert",
  "update",
  "delete",
  "rule",
  "references",
  "trigger",
  "drop",
  "truncate",
  "alter",
]);

/** @throws SqlError for what does not exist, may not be named, or cannot be granted on */
export async function grantTargets(
  target: GrantTarget,
  context: StatementContext,
): Promise<readonly GrantTargetObject[]> {
  await context.open();
  switch (target.kind) {
    case "tables":
      return each(target.names, async (name) => {
        await lockDefinition(demandRelation(name, context).oid, context);
        return tableTarget(demandRelation(name, context), context);
      });
    case "all-tables": {
      const records = target.schemas.flatMap((name) => [
        ...context.catalog.relationsOf(schemaOf(name, context).oid),
      ]);
      return each(records, async ({ oid }) => {
        await lockDefinition(oid, context);
        const record = context.catalog.relationByOid(oid);
        return record === undefined ? undefined : tableTarget(record, context);
      });
    }
    case "schemas":
      return each(target.names, async (name) => {
        await lockDefinition(schemaNamedBy(name, context).oid, context);
        return schemaTarget(schemaNamedBy(name, context), context);
      });
    case "databases":
      return each(target.names, async ({ name }) => {
        await lockDefinition(databaseNamed(name, context).oid, context);
        return databaseTarget(name, context);
      });
    case "routines":
    case "all-routines":
      return functionTargets(target, context);
    case "languages":
      return each(target.names, ({ name }) => languageTarget(name, context));
    case "scoped":
      throw new SqlError(
        "0A000",
        `GRANT and REVOKE ... FOR ${target.objects.toUpperCase()} IN ${target.scope.kind.toUpperCase()} (scoped permissions) are not supported`,
      );
  }
}

async function each<T>(
  items: readonly T[],
  target: (item: T) => Promise<GrantTargetObject | undefined>,
): Promise<readonly GrantTargetObject[]> {
  const found: GrantTargetObject[] = [];
  for (const item of items) {
    const object = await target(item);
    if (object !== undefined) found.push(object);
  }
  return found;
}

/** `s`, `d.s`. Privileges on a schema need no USAGE of it. */
function schemaNamedBy(name: QualifiedName, context: StatementContext): SchemaRecord {
  const { schema: database, name: called } = nameParts(name);
  checkOwnDatabase(database, context);
  return schemaNamed(called, context);
}

function schemaOf(name: QualifiedName, context: StatementContext): SchemaRecord {
  return usableSchema(schemaNamedBy(name, context).name, context);
}

function tableTarget(record: RelationRecord, { catalog }: StatementContext): GrantTargetObject {
  const { type, name, ownerId, grants } = record;
  return {
    word: "relation",
    name,
    ownerId,
    grants,
    all: tablePrivileges,
    columnPrivileges:
      type === "late-binding view" ? [] : type === "table" ? ["select", "update"] : ["select"],
    columns: record.columns.map((column) => column.name),
    put: (put) => catalog.put({ ...record, grants: put }),
  };
}

function schemaTarget(record: SchemaRecord, { catalog }: StatementContext): GrantTargetObject {
  const { name, ownerId, grants, external } = record;
  return {
    ...noColumns,
    word: "schema",
    name,
    ownerId,
    grants,
    // In external schemas only their owners make tables.
    all: external === undefined ? ["usage", "create"] : ["usage"],
    put: (put) => catalog.put({ ...record, grants: put }),
  };
}

function databaseTarget(name: string, context: StatementContext): GrantTargetObject {
  const record = databaseNamed(name, context);
  return {
    ...noColumns,
    word: "database",
    name,
    ownerId: record.ownerId,
    grants: record.grants,
    all: ["create", "temporary"],
    put: (grants) =>
      context.transaction.changeLeader({ table: "databases", id: record.oid, put: { ...record, grants } }),
  };
}

function functionTargets(
  target: Extract<GrantTarget, { kind: "routines" | "all-routines" }>,
  context: StatementContext,
): Promise<readonly GrantTargetObject[]> {
  if (target.routine === "procedure" && target.kind === "routines")
    throw new SqlError(
      "42883",
      `procedure ${target.signatures[0]?.name.parts.at(-1)?.name ?? ""} does not exist`,
    );
  // There are no procedures: a schema has none of them.
  if (target.routine === "procedure") return Promise.resolve([]);
  const found =
    target.kind === "routines"
      ? target.signatures.map((signature) => functionNamed(signature, context))
      : target.schemas.flatMap((name) => [
          ...context.catalog.permanent.functionsOf(schemaOf(name, context).oid),
        ]);
  return each(found, async ({ oid }) => {
    await lockDefinition(oid, context);
    const record = context.catalog.permanent.record(oid);
    return record?.kind === "function" ? functionTarget(record, context) : undefined;
  });
}

function functionTarget(record: FunctionRecord, { catalog }: StatementContext): GrantTargetObject {
  const { name, ownerId, grants } = record;
  return {
    ...noColumns,
    word: "function",
    name,
    ownerId,
    grants,
    all: ["execute"],
    put: (put) => catalog.put({ ...record, grants: put }),
  };
}

async function languageTarget(name: string, context: StatementContext): Promise<GrantTargetObject> {
  await context.transaction.lock(`language ${name}`, "exclusive");
  context.checkCancelled();
  const language = languageOf(name, context.catalog);
  if (language === undefined) throw new SqlError("42704", `language "${name}" does not exist`);
  const known = context.catalog.permanent.language(name);
  const oid = known?.oid ?? (await context.host.leader.allocateOid());
  return {
    ...noColumns,
    word: "language",
    name,
    ownerId: language.ownerId,
    grants: language.grants,
    all: ["usage"],
    put: (grants) => context.catalog.put({ ...language, oid, grants }),
  };
}

const noColumns = Object.freeze({ columnPrivileges: [], columns: [] } as const);
