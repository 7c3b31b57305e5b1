import type { Begin, Commit, Rollback, SetTransaction } from "../../../sql/redshift/ast/transaction.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { tagResult } from "../session/results.ts";
import type { StatementKind } from "./statement-context.ts";

export const begin: StatementKind<Begin> = Object.freeze({
  category: "utility",
  run: async (ast, context) => {
    if (!context.block.begin(ast.readOnly))
      context.notice("WARNING", "there is already a transaction in progress", "25001");
    return tagResult(ast.tag);
  },
} satisfies StatementKind<Begin>);

export const commit: StatementKind<Commit> = Object.freeze({
  category: "utility",
  run: async (_, context) => {
    const { block } = context;
    if (block.state === "idle") context.notice("WARNING", "there is no transaction in progress", "25P01");
    const end = await block.commit();
    return tagResult(end === "committed" ? "COMMIT" : "ROLLBACK");
  },
} satisfies StatementKind<Commit>);

export const rollback: StatementKind<Rollback> = Object.freeze({
  category: "utility",
  run: async (_, context) => {
    const { block } = context;
    if (block.state === "idle") context.notice("WARNING", "there is no transaction in progress", "25P01");
    await block.rollback();
    return tagResult("ROLLBACK");
  },
} satisfies StatementKind<Rollback>);

/** The isolation is the database's: other levels are taken, as Redshift does, and mean the same. */
export const setTransaction: StatementKind<SetTransaction> = Object.freeze({
  category: "utility",
  run: async ({ session, readOnly }, context) => {
    const { block, settings, transaction } = context;
    if (session) {
      if (readOnly !== undefined)
        settings.set("default_transaction_read_only", [readOnly ? "on" : "off"], false);
      return tagResult("SET");
    }
    if (block.state === "idle")
      context.notice("WARNING", "SET TRANSACTION can only be used in transaction blocks", "25P01");
    if (readOnly === false && transaction.readOnly && transaction.isOpenInEngine)
      throw new SqlError("25001", "cannot set transaction read-write mode inside a read-only transaction");
    if (readOnly !== undefined) transaction.readOnly = readOnly;
    return tagResult("SET");
  },
} satisfies StatementKind<SetTransaction>);
