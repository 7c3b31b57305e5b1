import type { Deallocate, Execute, Prepare } from "../../../sql/redshift/ast/cursor.ts";
import type { Expression } from "../../../sql/redshift/ast/expression.ts";
import { bindExpression } from "../../../sql/redshift/bind/bind-statement.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { bindForColumns } from "../session/planner.ts";
import { tagResult } from "../session/results.ts";
import type { SqlPrepared } from "../session/sql-prepared.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";

/** Prepared statements that one session keeps. */
const maxPrepared = 1_000;

export const prepare: StatementKind<Prepare> = Object.freeze({
  category: "utility",
  run: async ({ name: { name }, parameterTypes, statement, statementText }, context) => {
    const { preparedStatements } = context;
    if (preparedStatements.has(name))
      throw new SqlError("42P05", `prepared statement "${name}" already exists`);
    if (preparedStatements.size >= maxPrepared)
      throw new SqlError("53000", `a session can keep at most ${maxPrepared} prepared statements`);
    const parsed = { text: statementText, start: 0, ast: statement };
    preparedStatements.set(name, { statement: parsed, parameterTypes });
    return tagResult("PREPARE");
  },
} satisfies StatementKind<Prepare>);

function preparedNamed(name: string, { preparedStatements }: StatementContext): SqlPrepared {
  const prepared = preparedStatements.get(name);
  if (prepared === undefined) throw new SqlError("26000", `prepared statement "${name}" does not exist`);
  return prepared;
}

export const execute: StatementKind<Execute> = Object.freeze({
  category: "query",
  columns: async ({ name }, context) => {
    const { statement, parameterTypes } = preparedNamed(name.name, context);
    return bindForColumns(statement, parameterTypes, context);
  },
  run: async ({ name, arguments: given }, context, parameters) => {
    const prepared = preparedNamed(name.name, context);
    const wanted = prepared.parameterTypes.length;
    if (wanted > 0 && given.length !== wanted)
      throw new SqlError("42601", `wrong number of parameters for prepared statement "${name.name}"`, {
        detail: `Expected ${wanted} parameters but got ${given.length}.`,
      });
    const values: (string | null)[] = [];
    for (const argument of given) values.push(await argumentValue(argument, parameters, context));
    return context.run(prepared.statement, values, prepared.parameterTypes);
  },
} satisfies StatementKind<Execute>);

/** An argument's value as text: it is an expression without columns, which the engine computes. */
async function argumentValue(
  argument: Expression,
  parameters: readonly (string | null)[],
  context: StatementContext,
): Promise<string | null> {
  if (argument.kind === "null") return null;
  if (argument.kind === "string") return argument.value;
  if (argument.kind === "number") return argument.text;
  if (argument.kind === "parameter") return parameters[argument.index - 1] ?? null;
  const { sql } = bindExpression(argument, context.nameSpace, {
    parameterTypes: [],
    session: context.sessionValues,
    text: context.statement.text,
  });
  const [[value] = []] = await context.connection.rows(`SELECT (${sql})::VARCHAR`);
  return value === null || value === undefined ? null : String(value);
}

export const deallocate: StatementKind<Deallocate> = Object.freeze({
  category: "utility",
  run: async ({ name }, context) => {
    if (name === undefined) context.preparedStatements.clear();
    else {
      preparedNamed(name.name, context);
      context.preparedStatements.delete(name.name);
    }
    return tagResult(name === undefined ? "DEALLOCATE ALL" : "DEALLOCATE");
  },
} satisfies StatementKind<Deallocate>);
