import type { AlterRoutine } from "../../../sql/redshift/ast/routine.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { FunctionRecord } from "../catalog/records.ts";
import { tagResult } from "../session/results.ts";
import { functionNamed } from "./functions.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";
import { userNamed } from "./users-found.ts";

export const alterRoutine: StatementKind<AlterRoutine> = Object.freeze({
  category: "ddl",
  run: async ({ routine, signature, action }, context) => {
    if (routine === "procedure") throw new SqlError("0A000", "ALTER PROCEDURE is not supported");
    await context.open();
    const found = functionNamed(signature, context);
    context.demand({ kind: "own function", function: found });
    if (action.kind === "rename") context.catalog.put(renamed(found, action.newName.name, context));
    else {
      const owner = userNamed(action.owner.name, context);
      context.demand({ kind: "give away", newOwner: owner });
      context.catalog.put({ ...found, ownerId: owner.id });
    }
    return tagResult("ALTER FUNCTION");
  },
} satisfies StatementKind<AlterRoutine>);

function renamed(found: FunctionRecord, name: string, context: StatementContext): FunctionRecord {
  const taken = context.catalog.permanent
    .functions(found.schemaOid, name)
    .some(
      ({ parameterTypes }) => parameterTypes.map(nameOf).join() === found.parameterTypes.map(nameOf).join(),
    );
  if (taken) throw new SqlError("42723", `function "${name}" already exists with same argument types`);
  return { ...found, name };
}

function nameOf(type: { readonly name: string }): string {
  return type.name;
}
