import type { Drop } from "../../../sql/redshift/ast/admin.ts";
import type {
  CreateFunction,
  RoutineParameter,
  RoutineSignature,
} from "../../../sql/redshift/ast/routine.ts";
import { bindStatement } from "../../../sql/redshift/bind/bind-statement.ts";
import { canCast } from "../../../sql/redshift/functions/function-table.ts";
import { formatType } from "../../../sql/redshift/type-text.ts";
import type { SqlType } from "../../../sql/redshift/types.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { FunctionRecord } from "../catalog/records.ts";
import { initialGrants } from "../security/default-privileges.ts";
import { definitionText, parseDefinition } from "../session/definitions.ts";
import { nameParts, pathSchemas } from "../session/name-resolution.ts";
import { tagResult } from "../session/results.ts";
import { demandCreation } from "./create-table.ts";
import { cannotDrop, dependentsOfFunction, describe, dropRelation } from "./dependencies.ts";
import { lockDefinition, reserveName, targetSchema, usableSchema } from "./relations.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";

/** AWS's limit of arguments. */
const maxArguments = 32;

export const createFunction: StatementKind<CreateFunction> = Object.freeze({
  category: "ddl",
  run: async (ast, context) => {
    const { implementation } = ast;
    if (implementation.language !== "sql")
      throw new SqlError("0A000", `CREATE FUNCTION ... LANGUAGE ${implementation.language} is not supported`);
    const { schema, name } = targetSchema(ast.name, false, context);
    demandCreation(schema, "function", context);
    context.demand({ kind: "use language", language: implementation.language });
    if (ast.parameters.length > maxArguments)
      throw new SqlError("54023", `functions cannot have more than ${maxArguments} arguments`);
    await reserveName(schema, `function ${name}`, context);
    const parameterTypes = ast.parameters.map(({ type }) => plainType(type));
    const known = sameSignature(context.catalog.permanent.functions(schema.oid, name), parameterTypes);
    if (known !== undefined && !ast.orReplace)
      throw new SqlError("42723", `function "${name}" already exists with same argument types`);
    if (known !== undefined) {
      context.demand({ kind: "own function", function: known, privilege: "replace" });
      await lockDefinition(known.oid, context);
    }
    const record: FunctionRecord = {
      kind: "function",
      oid: known?.oid ?? (await context.host.leader.allocateOid()),
      schemaOid: schema.oid,
      name,
      ownerId: known?.ownerId ?? context.user.id,
      parameterNames: ast.parameters.map((parameter) => parameter.name?.name),
      parameterTypes,
      returnType: plainType(ast.returnType),
      volatility: ast.volatility,
      body: definitionText(implementation.body.trim().replace(/;\s*$/, ""), context.settings),
      comment: known?.comment,
      grants: known?.grants ?? initialGrants("functions", schema, context),
    };
    checkBody(record, context);
    context.catalog.put(record);
    return tagResult("CREATE FUNCTION");
  },
} satisfies StatementKind<CreateFunction>);

function plainType(type: RoutineParameter["type"]): SqlType {
  if (typeof type === "string") throw new SqlError("0A000", `functions in SQL cannot have the type ${type}`);
  return type;
}

/** A SELECT of one value, without FROM and the like: AWS's rule for functions in SQL. @throws SqlError 42P13 */
function checkBody(record: FunctionRecord, context: StatementContext): void {
  const query = parseDefinition(record.body);
  const { body } = query;
  const plain =
    body.kind === "select" && body.items.length === 1 && body.from.length === 0 && body.where === undefined;
  if (!plain || query.with !== undefined || query.orderBy.length > 0 || query.limit !== undefined)
    throw new SqlError(
      "0A000",
      "The body of a SQL user-defined function must be a SELECT of one expression without FROM, WHERE, GROUP BY, ORDER BY or LIMIT",
    );
  const bound = bindStatement(query, context.nameSpace, {
    parameterTypes: record.parameterTypes,
    session: { value: () => "NULL" },
    text: record.body,
  });
  // A query in the expression would be run with the rights of whoever's view calls the function.
  if (bound.uses.length > 0)
    throw new SqlError("0A000", "The body of a SQL user-defined function cannot read tables");
  const given = bound.columns[0]?.type;
  if (given === undefined || given.name === "unknown") return;
  if (!canCast(given, record.returnType, "assignment"))
    throw new SqlError(
      "42P13",
      `return type mismatch in function declared to return ${formatType(record.returnType)}`,
      {
        detail: `Actual return type is ${formatType(given)}.`,
      },
    );
}

function sameSignature(
  functions: readonly FunctionRecord[],
  types: readonly SqlType[],
): FunctionRecord | undefined {
  return functions.find(
    ({ parameterTypes }) =>
      parameterTypes.length === types.length &&
      parameterTypes.every((type, index) => type.name === types[index]?.name),
  );
}

/** @throws SqlError 42883, 42725 */
export function functionNamed(signature: RoutineSignature, context: StatementContext): FunctionRecord {
  const { schema, name } = nameParts(signature.name);
  const schemas =
    schema === undefined ? pathSchemas(context.catalog, context.searchPath) : [usableSchema(schema, context)];
  const all = schemas.flatMap(({ oid }) => context.catalog.permanent.functions(oid, name));
  const types = signature.argumentTypes;
  const found = types === undefined ? all[0] : sameSignature(all, types);
  const text = types === undefined ? name : `${name}(${types.map(formatType).join(", ")})`;
  if (found === undefined) throw new SqlError("42883", `function ${text} does not exist`);
  if (types === undefined && all.length > 1)
    throw new SqlError("42725", `function name "${name}" is not unique`);
  return found;
}

export async function dropFunctions(
  { signatures, ifExists, behavior }: Drop,
  context: StatementContext,
): Promise<void> {
  await context.open();
  for (const signature of signatures) {
    const found = existing(signature, ifExists, context);
    if (found === undefined) continue;
    context.demand({ kind: "own function", function: found, privilege: "drop" });
    await lockDefinition(found.oid, context);
    const views = dependentsOfFunction(found, context);
    if (views.length > 0 && behavior !== "cascade")
      throw cannotDrop(`function ${found.name}`, views.map(describe));
    for (const view of views) await dropRelation(view, true, context);
    context.catalog.remove(found);
  }
}

function existing(
  signature: RoutineSignature,
  ifExists: boolean,
  context: StatementContext,
): FunctionRecord | undefined {
  try {
    return functionNamed(signature, context);
  } catch (error) {
    if (ifExists && error instanceof SqlError && error.sqlState === "42883") return undefined;
    throw error;
  }
}
