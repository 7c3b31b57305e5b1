import type { Comment } from "../../../sql/redshift/ast/admin.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { tagResult } from "../session/results.ts";
import { functionNamed } from "./functions.ts";
import { columnNamed } from "./new-relation.ts";
import { isView, lockedRelation, schemaNamed } from "./relations.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";

export const comment: StatementKind<Comment> = Object.freeze({
  category: "ddl",
  run: async (ast, context) => {
    await put(ast, context);
    return tagResult("COMMENT");
  },
} satisfies StatementKind<Comment>);

async function put(
  { objectType, name, column, signature, text }: Comment,
  context: StatementContext,
): Promise<void> {
  const called = name.parts.at(-1)?.name ?? "";
  switch (objectType) {
    case "table":
    case "view":
    case "column": {
      const record = await lockedRelation(name, "exclusive", context);
      context.demand({ kind: "own relation", relation: record });
      if (objectType === "view" && !isView(record)) throw new SqlError("42809", `"${called}" is not a view`);
      if (objectType === "table" && record.type !== "table")
        throw new SqlError("42809", `"${called}" is not a table`);
      if (objectType !== "column") return context.catalog.put({ ...record, comment: text });
      const found = columnNamed(record.columns, column?.name ?? "");
      const columns = record.columns.map((other) => (other === found ? { ...other, comment: text } : other));
      return context.catalog.put({ ...record, columns });
    }
    case "schema": {
      const schema = schemaNamed(called, context);
      context.demand({ kind: "own schema", schema });
      await context.open();
      return context.catalog.put({ ...schema, comment: text });
    }
    case "database": {
      const record = context.leader.database(called);
      if (record === undefined) throw new SqlError("3D000", `database "${called}" does not exist`);
      context.demand({ kind: "own database", database: record });
      return context.transaction.changeLeader({
        table: "databases",
        id: record.oid,
        put: { ...record, comment: text },
      });
    }
    case "function": {
      if (signature === undefined) throw new SqlError("42601", "COMMENT ON FUNCTION without a function");
      const found = functionNamed(signature, context);
      context.demand({ kind: "own function", function: found });
      await context.open();
      return context.catalog.put({ ...found, comment: text });
    }
    case "constraint":
    case "procedure":
      throw new SqlError("0A000", `COMMENT ON ${objectType.toUpperCase()} is not supported`);
  }
}
