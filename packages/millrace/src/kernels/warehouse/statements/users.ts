import type { AlterUser, CreateUser, UserOptions } from "../../../sql/redshift/ast/user.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { newUser } from "../cluster/logins.ts";
import { passwordVerifiers } from "../cluster/passwords.ts";
import type { UserRecord } from "../leader-records.ts";
import { tagResult } from "../session/results.ts";
import { checkedValue, definitionOf } from "../session/setting-values.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";
import { checkPrincipalName, groupNamed, lockPrincipal, userNamed } from "./users-found.ts";

export const createUser: StatementKind<CreateUser> = Object.freeze({
  category: "ddl",
  run: async ({ name: { name }, options, groups }, context) => {
    context.demand({ kind: "create user" });
    checkPrincipalName(name, "user");
    await context.transaction.lock(`user ${name}`, "exclusive");
    if (context.leader.user(name) !== undefined) throw new SqlError("42710", `user "${name}" already exists`);
    if (options.password === undefined && options.login !== false && options.externalId === undefined)
      throw new SqlError("42601", "password must be specified: PASSWORD { 'password' | DISABLE }");
    if (options.createUser === true || options.syslogAccess === "unrestricted")
      context.demand({ kind: "superuser", to: "create superusers" });
    const id = await context.host.leader.allocateOid();
    const put = withOptions(newUser(id, name), options);
    // Groups are a superuser's to fill.
    if (groups.length > 0) context.demand({ kind: "manage groups", verb: "alter" });
    for (const group of groups) await lockPrincipal(groupNamed(group.name, context), context);
    const joined = groups.map((group) => groupNamed(group.name, context));
    context.transaction.changeLeader({ table: "users", id, put });
    for (const group of joined)
      context.transaction.changeLeader({
        table: "groups",
        id: group.id,
        put: { ...group, userIds: [...group.userIds, id] },
      });
    note(put, name, "create", context);
    return tagResult("CREATE USER");
  },
} satisfies StatementKind<CreateUser>);

function withOptions(user: UserRecord, options: UserOptions): UserRecord {
  const superuser = options.createUser ?? user.superuser;
  return {
    ...user,
    verifiers: options.password === undefined ? user.verifiers : verifiersOf(user.name, options.password),
    createDatabase: options.createDatabase ?? user.createDatabase,
    createUser: superuser,
    superuser,
    syslogAccess: options.syslogAccess ?? user.syslogAccess,
    validUntilMs: options.validUntil === undefined ? user.validUntilMs : validUntilMs(options.validUntil),
    connectionLimit: options.connectionLimit ?? user.connectionLimit,
    sessionTimeoutSeconds: sessionTimeout(options.sessionTimeoutSeconds, user),
    externalId: options.externalId ?? user.externalId,
  };
}

function verifiersOf(user: string, password: NonNullable<UserOptions["password"]>): UserRecord["verifiers"] {
  return password.kind === "disable" ? undefined : passwordVerifiers(user, password.text);
}

/** @throws SqlError 22007 */
function validUntilMs(text: string): number | undefined {
  if (text.toLowerCase() === "infinity") return undefined;
  const hasZone = /(z|[+-]\d{2}(:?\d{2})?)$/i.test(text.trim()) && /\d:\d/.test(text);
  const ms = Date.parse(hasZone ? text : `${text.trim().replace(" ", "T")}${/\d:\d/.test(text) ? "Z" : ""}`);
  if (Number.isNaN(ms)) throw new SqlError("22007", `invalid input syntax for type timestamp: "${text}"`);
  return ms;
}

const minSessionTimeoutSeconds = 60;
const maxSessionTimeoutSeconds = 1_728_000;

function sessionTimeout(value: UserOptions["sessionTimeoutSeconds"], user: UserRecord): number | undefined {
  if (value === undefined) return user.sessionTimeoutSeconds;
  if (value === "reset") return undefined;
  if (value < minSessionTimeoutSeconds || value > maxSessionTimeoutSeconds)
    throw new SqlError(
      "22023",
      `SESSION TIMEOUT must be between ${minSessionTimeoutSeconds} and ${maxSessionTimeoutSeconds} seconds`,
    );
  return value;
}

export const alterUser: StatementKind<AlterUser> = Object.freeze({
  category: "ddl",
  run: async ({ name: { name }, action }, context) => {
    await lockPrincipal(userNamed(name, context), context);
    const user = userNamed(name, context);
    if (!isOwnBusiness(user, action, context)) {
      context.demand({ kind: "alter user" });
      // Whoever sets a superuser's password is one.
      if (user.superuser) context.demand({ kind: "superuser", to: "alter superusers" });
    }
    if (action.kind === "rename") await context.transaction.lock(`user ${action.newName.name}`, "exclusive");
    const put = altered(user, action, context);
    context.transaction.changeLeader({ table: "users", id: user.id, put });
    note(put, name, action.kind === "rename" ? "rename" : "alter", context);
    return tagResult("ALTER USER");
  },
} satisfies StatementKind<AlterUser>);

/** Everybody may change the own password and settings. */
function isOwnBusiness(
  user: UserRecord,
  action: AlterUser["action"],
  { user: own }: StatementContext,
): boolean {
  if (user.id !== own.id) return false;
  if (action.kind === "set" || action.kind === "reset") return true;
  if (action.kind !== "options") return false;
  const { password, ...others } = action.options;
  return password !== undefined && Object.values(others).every((option) => option === undefined);
}

function altered(user: UserRecord, action: AlterUser["action"], context: StatementContext): UserRecord {
  switch (action.kind) {
    case "options": {
      const { createUser, syslogAccess } = action.options;
      if (createUser !== undefined || syslogAccess !== undefined)
        context.demand({ kind: "superuser", to: "change who is a superuser and sees others' statements" });
      return withOptions(user, action.options);
    }
    case "rename": {
      const newName = action.newName.name;
      checkPrincipalName(newName, "user");
      if (user.id === context.loginUser.id) throw new SqlError("0A000", "session user may not be renamed");
      if (context.leader.user(newName) !== undefined)
        throw new SqlError("42710", `user "${newName}" already exists`);
      // MD5 is made with the name; the other verifiers do not know it.
      const { verifiers } = user;
      if (verifiers?.md5 !== undefined)
        context.notice("NOTICE", "MD5 password cleared because of user rename");
      return {
        ...user,
        name: newName,
        verifiers: verifiers === undefined ? undefined : { ...verifiers, md5: undefined },
      };
    }
    case "set": {
      const { setting, value } = action;
      if (value.kind === "default") return { ...user, settings: without(user.settings, setting) };
      if (definitionOf(setting).restriction !== undefined)
        throw new SqlError("55P02", `parameter "${setting}" cannot be changed`);
      const checked = checkedValue(
        setting,
        value.values.map(({ text }) => text),
      );
      return { ...user, settings: { ...user.settings, [setting]: checked } };
    }
    case "reset":
      return { ...user, settings: without(user.settings, action.setting) };
  }
}

function without(settings: UserRecord["settings"], name: string): UserRecord["settings"] {
  return Object.fromEntries(Object.entries(settings).filter(([other]) => other !== name));
}

export function note(
  user: UserRecord,
  oldName: string,
  action: "create" | "drop" | "alter" | "rename",
  { host, user: by, processId, transaction, logged, databaseRecord }: StatementContext,
): void {
  transaction.afterCommit(() =>
    host.events.users.add({
      atMs: host.clock.now(),
      userId: by.id,
      queryId: logged.queryId,
      transactionId: transaction.id,
      processId,
      sessionDatabase: databaseRecord.name,
      changedUserId: user.id,
      userName: user.name,
      oldUserName: action === "rename" ? oldName : "",
      action,
      createDatabase: user.createDatabase,
      superuser: user.superuser,
      updateCatalog: false,
      validUntilMs: user.validUntilMs,
    }),
  );
}
