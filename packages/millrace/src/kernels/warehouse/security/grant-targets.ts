import type { QualifiedName } from "../../../sql/redshift/ast/name.ts";
import type { GrantTarget } from "../../../sql/redshift/ast/security.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { FunctionRecord, Grant, Privilege, RelationRecord, SchemaRecord } from "../catalog/records.ts";
import type { DatabaseRecord } from "../leader-records.ts";
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

/**
 * First everything is locked, then the transaction begins in the engine: what others have changed meanwhile is in it.
 * @throws SqlError for what does not exist, may not be named, or cannot be granted on
 */
export async function grantTargets(
  target: GrantTarget,
  context: StatementContext,
): Promise<readonly GrantTargetObject[]> {
  for (const key of lockKeys(target, context)) {
    if (typeof key === "number") await lockDefinition(key, context);
    else await context.transaction.lock(key, "exclusive");
    context.checkCancelled();
  }
  await context.open();
  switch (target.kind) {
    case "tables":
    case "all-tables":
      return relationsOf(target, context).map((record) => tableTarget(record, context));
    case "schemas":
      return target.names.map((name) => schemaTarget(schemaNamedBy(name, context), context));
    case "databases":
      return target.names.map(({ name }) => databaseTarget(databaseNamed(name, context), context));
    case "routines":
    case "all-routines":
      return functionsOf(target, context).map((record) => functionTarget(record, context));
    case "languages":
      return Promise.all(target.names.map(({ name }) => languageTarget(name, context)));
    case "scoped":
      throw scopedRefused(target);
  }
}

/** OIDs of records, or names of other locks. */
function lockKeys(target: GrantTarget, context: StatementContext): readonly (number | string)[] {
  switch (target.kind) {
    case "tables":
    case "all-tables":
      return relationsOf(target, context).map(({ oid }) => oid);
    case "schemas":
      return target.names.map((name) => schemaNamedBy(name, context).oid);
    case "databases":
      return target.names.map(({ name }) => databaseNamed(name, context).oid);
    case "routines":
    case "all-routines":
      return functionsOf(target, context).map(({ oid }) => oid);
    case "languages":
      return target.names.map(({ name }) => `language ${name}`);
    case "scoped":
      throw scopedRefused(target);
  }
}

function scopedRefused({ objects, scope }: Extract<GrantTarget, { kind: "scoped" }>): SqlError {
  const where = `${objects.toUpperCase()} IN ${scope.kind.toUpperCase()}`;
  return new SqlError("0A000", `GRANT and REVOKE ... FOR ${where} (scoped permissions) are not supported`);
}

function relationsOf(
  target: Extract<GrantTarget, { kind: "tables" | "all-tables" }>,
  context: StatementContext,
): readonly RelationRecord[] {
  if (target.kind === "tables") return target.names.map((name) => demandRelation(name, context));
  return target.schemas.flatMap((name) => [...context.catalog.relationsOf(schemaOf(name, context).oid)]);
}

function functionsOf(
  target: Extract<GrantTarget, { kind: "routines" | "all-routines" }>,
  context: StatementContext,
): readonly FunctionRecord[] {
  // There are no procedures: a schema has none of them.
  if (target.routine === "procedure") {
    if (target.kind === "all-routines") return [];
    const [signature] = target.signatures;
    throw new SqlError("42883", `procedure ${signature?.name.parts.at(-1)?.name ?? ""} does not exist`);
  }
  if (target.kind === "routines")
    return target.signatures.map((signature) => functionNamed(signature, context));
  return target.schemas.flatMap((name) => context.catalog.permanent.functionsOf(schemaOf(name, context).oid));
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

function databaseTarget(record: DatabaseRecord, context: StatementContext): GrantTargetObject {
  return {
    ...noColumns,
    word: "database",
    name: record.name,
    ownerId: record.ownerId,
    grants: record.grants,
    all: ["create", "temporary"],
    put: (grants) =>
      context.transaction.changeLeader({ table: "databases", id: record.oid, put: { ...record, grants } }),
  };
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
