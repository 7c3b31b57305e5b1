import type {
  AlterExternalSchema,
  CreateExternalSchema,
  ExternalSource,
  IamRole,
} from "../../../sql/redshift/ast/schema.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { ExternalSchema } from "../catalog/records.ts";
import { tagResult } from "../session/results.ts";
import { asked, notOnExternal } from "../spectrum/external-errors.ts";
import { connectCatalog, isExternal } from "../spectrum/schema-access.ts";
import { schemaNamed } from "./relations.ts";
import { checkSchemaName } from "./schemas.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";

const tag = "CREATE SCHEMA";

/** CREATE EXTERNAL SCHEMA: only those of the data catalog can be queried; others are refused by their names. */
export const createExternalSchema: StatementKind<CreateExternalSchema> = Object.freeze({
  category: "ddl",
  // What is made in the catalog would not be taken back with the block.
  place: ({ source }) => (source.kind === "data catalog" && source.createDatabase ? "alone" : "transaction"),
  run: async ({ name: { name }, ifNotExists, source }, context) => {
    checkSchemaName(name);
    context.demand({ kind: "create schema", database: context.databaseRecord });
    const external = externalSchemaOf(source, context);
    await context.transaction.lock(`schema name ${name}`, "exclusive");
    await context.open();
    if ((context.catalog.schema(name) ?? context.transaction.database.catalog.schema(name)) !== undefined) {
      if (!ifNotExists) throw new SqlError("42P06", `Schema "${name}" already exists`);
      context.notice("INFO", `Schema "${name}" already exists and will be skipped`);
      return tagResult(tag);
    }
    if (source.kind === "data catalog" && source.createDatabase) await createDatabase(external, context);
    context.catalog.put({
      kind: "schema",
      oid: await context.host.leader.allocateOid(),
      name,
      ownerId: context.user.id,
      quotaMb: undefined,
      comment: undefined,
      grants: [],
      external,
    });
    return tagResult(tag);
  },
} satisfies StatementKind<CreateExternalSchema>);

async function createDatabase(external: ExternalSchema, context: StatementContext): Promise<void> {
  const catalog = await connectCatalog(external, context.host);
  await asked(async () => {
    const database = external.database.toLowerCase();
    if (catalog.hasDatabase(database)) {
      context.notice("INFO", `External database "${external.database}" already exists`);
      return;
    }
    await catalog.createDatabase(database);
  });
}

/** @throws SqlError 0A000 for sources that are not there */
function externalSchemaOf(source: ExternalSource, context: StatementContext): ExternalSchema {
  if (source.kind !== "data catalog")
    throw new SqlError("0A000", `CREATE EXTERNAL SCHEMA FROM ${source.kind.toUpperCase()} is not supported`);
  const { database, region, iamRole, catalogRole, catalogId } = source;
  if (iamRole === undefined) throw new SqlError("42601", "IAM_ROLE is required for external schemas");
  return {
    source: "data catalog",
    database,
    remoteSchema: undefined,
    roleArns: roleArnsOf(iamRole, context),
    catalogRoleArn: catalogRole === undefined ? undefined : roleArnsOf(catalogRole, context).join(","),
    region,
    ...(catalogId === undefined ? {} : { catalogId }),
  };
}

/** The chain of roles; `default` is what the cluster has now. @throws SqlError */
function roleArnsOf(role: IamRole, { host }: StatementContext): readonly string[] {
  switch (role.kind) {
    case "arns":
      for (const arn of role.arns)
        if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(arn))
          throw new SqlError("22023", `Invalid IAM role "${arn}"`);
      return role.arns;
    case "default": {
      const { defaultRole } = host.clusterSettings();
      if (defaultRole === undefined)
        throw new SqlError("XX000", "There is no default IAM role set on the cluster.");
      return [defaultRole];
    }
    case "session":
      throw new SqlError("0A000", "IAM_ROLE 'SESSION' is not supported");
  }
}

/** ALTER EXTERNAL SCHEMA ... IAM_ROLE: the rest of it belongs to sources that are not there. */
export const alterExternalSchema: StatementKind<AlterExternalSchema> = Object.freeze({
  category: "ddl",
  run: async ({ name, iamRole, authentication, authenticationArn, secretArn, uri }, context) => {
    const schema = schemaNamed(name.name, context);
    context.demand({ kind: "own schema", schema });
    if (!isExternal(schema)) throw new SqlError("42809", `"${schema.name}" is not an external schema`);
    if ([authentication, authenticationArn, secretArn, uri].some((part) => part !== undefined))
      throw notOnExternal();
    await context.transaction.lock(`schema ${schema.oid}`, "exclusive");
    await context.open();
    if (iamRole !== undefined)
      context.catalog.put({
        ...schema,
        external: { ...schema.external, roleArns: roleArnsOf(iamRole, context) },
      });
    return tagResult("ALTER SCHEMA");
  },
} satisfies StatementKind<AlterExternalSchema>);
