import type { SetSessionAuthorization } from "../../../sql/redshift/ast/transaction.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { tagResult } from "../session/results.ts";
import type { StatementKind } from "./statement-context.ts";
import { userNamed } from "./users-found.ts";

/** A superuser who has logged in may act as somebody else, and go back. */
export const setSessionAuthorization: StatementKind<SetSessionAuthorization> = Object.freeze({
  category: "utility",
  run: async ({ user, local }, context) => {
    if (local) throw new SqlError("0A000", "SET LOCAL SESSION AUTHORIZATION is not supported");
    const { loginUser } = context;
    const target = user === undefined ? loginUser : userNamed(user.name, context);
    if (target.id !== loginUser.id && !loginUser.superuser)
      throw new SqlError("42501", "permission denied to set session authorization");
    context.switchUser(target);
    context.settings.tell("session_authorization", target.name);
    context.settings.tell("is_superuser", target.superuser ? "on" : "off");
    await context.applySetting("session_authorization", target.name);
    await context.applySetting("is_superuser", target.superuser ? "on" : "off");
    return tagResult("SET");
  },
} satisfies StatementKind<SetSessionAuthorization>);
