import type { Identifier } from "../ast/name.ts";
import type {
  AlterGroup,
  AlterRole,
  AlterUser,
  CreateGroup,
  CreateRole,
  CreateUser,
  PasswordClause,
  UserOptions,
} from "../ast/user.ts";
import { parseSetting, parseSettingName } from "./set-variable.ts";
import { expectAny, parseConnectionLimit, parseExternalId } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

type OptionsDraft = { -readonly [K in keyof UserOptions]: UserOptions[K] };

function newDraft(): OptionsDraft {
  return {
    password: undefined,
    createDatabase: undefined,
    createUser: undefined,
    syslogAccess: undefined,
    validUntil: undefined,
    connectionLimit: undefined,
    sessionTimeoutSeconds: undefined,
    externalId: undefined,
    login: undefined,
  };
}

/** CREATE USER has been read. */
export function parseCreateUser(stream: TokenStream, start: number): CreateUser {
  const name = stream.userName();
  stream.accept("with");
  const options = newDraft();
  let groups: readonly Identifier[] | undefined;
  while (!stream.atEnd()) {
    const before = stream.current;
    if (stream.accept("in", "group")) {
      if (groups !== undefined) {
        throw redundant(stream, before.start);
      }
      groups = stream.list(() => stream.identifier());
    } else {
      parseOption(stream, options);
    }
  }
  return { kind: "create-user", name, options, groups: groups ?? [], span: stream.spanFrom(start) };
}

/** ALTER USER has been read. */
export function parseAlterUser(stream: TokenStream, start: number): AlterUser {
  const name = stream.userName();
  stream.accept("with");
  const action = parseUserAction(stream);
  return { kind: "alter-user", name, action, span: stream.spanFrom(start) };
}

function parseUserAction(stream: TokenStream): AlterUser["action"] {
  if (stream.accept("rename", "to")) {
    return { kind: "rename", newName: stream.userName() };
  }
  if (stream.accept("set")) {
    const { name, value } = parseSetting(stream);
    return { kind: "set", setting: name, value };
  }
  if (stream.at("reset") && !stream.at("reset", "session", "timeout")) {
    stream.next();
    return { kind: "reset", setting: stream.accept("all") ? "all" : parseSettingName(stream) };
  }
  const options = newDraft();
  do {
    parseOption(stream, options);
    stream.accept(",");
  } while (!stream.atEnd());
  return { kind: "options", options };
}

/** One option. @throws SqlError a syntax error where none follows */
function parseOption(stream: TokenStream, options: OptionsDraft): void {
  const { start } = stream.current;
  const [key, value] = readOption(stream);
  if (options[key] !== undefined) {
    throw redundant(stream, start);
  }
  Object.assign(options, { [key]: value });
  if (key === "login" && value === true) {
    stream.expect("password");
    options.password = parsePassword(stream);
  }
}

type Option = readonly [keyof UserOptions, UserOptions[keyof UserOptions]];

function readOption(stream: TokenStream): Option {
  const flag = stream.acceptAny("createdb", "nocreatedb", "createuser", "nocreateuser", "login", "nologin");
  switch (flag) {
    case "createdb":
    case "nocreatedb":
      return ["createDatabase", flag === "createdb"];
    case "createuser":
    case "nocreateuser":
      return ["createUser", flag === "createuser"];
    case "login":
    case "nologin":
      return ["login", flag === "login"];
    default:
      return readValueOption(stream);
  }
}

function readValueOption(stream: TokenStream): Option {
  if (stream.accept("password")) {
    return ["password", parsePassword(stream)];
  }
  if (stream.accept("syslog", "access")) {
    return ["syslogAccess", expectAny(stream, "restricted", "unrestricted")];
  }
  if (stream.accept("valid", "until")) {
    return ["validUntil", stream.string()];
  }
  if (stream.accept("connection", "limit")) {
    return ["connectionLimit", parseConnectionLimit(stream)];
  }
  if (stream.accept("session", "timeout")) {
    return ["sessionTimeoutSeconds", stream.integer()];
  }
  if (stream.accept("reset", "session", "timeout")) {
    return ["sessionTimeoutSeconds", "reset"];
  }
  if (stream.accept("externalid")) {
    return ["externalId", parseExternalId(stream)];
  }
  throw stream.syntaxError();
}

function parsePassword(stream: TokenStream): PasswordClause {
  return stream.accept("disable") ? { kind: "disable" } : { kind: "text", text: stream.string() };
}

function redundant(stream: TokenStream, start: number): Error {
  return stream.error("42601", "conflicting or redundant options", start);
}

/** CREATE GROUP has been read. */
export function parseCreateGroup(stream: TokenStream, start: number): CreateGroup {
  const name = stream.identifier();
  const withUsers = stream.accept("with");
  const users = stream.accept("user") ? stream.list(() => stream.userName()) : [];
  if (withUsers && users.length === 0) {
    throw stream.syntaxError();
  }
  return { kind: "create-group", name, users, span: stream.spanFrom(start) };
}

/** ALTER GROUP has been read. */
export function parseAlterGroup(stream: TokenStream, start: number): AlterGroup {
  const name = stream.identifier();
  const verb = expectAny(stream, "add", "drop", "rename");
  if (verb === "rename") {
    stream.expect("to");
    const newName = stream.identifier();
    return { kind: "alter-group", name, action: { kind: "rename", newName }, span: stream.spanFrom(start) };
  }
  stream.expect("user");
  const users = stream.list(() => stream.userName());
  const action = { kind: verb === "add" ? "add-users" : "drop-users", users } as const;
  return { kind: "alter-group", name, action, span: stream.spanFrom(start) };
}

/** CREATE ROLE has been read. */
export function parseCreateRole(stream: TokenStream, start: number): CreateRole {
  const name = stream.identifier();
  const externalId = stream.accept("externalid") ? parseExternalId(stream) : undefined;
  return { kind: "create-role", name, externalId, span: stream.spanFrom(start) };
}

/** ALTER ROLE has been read. Each action at most once. */
export function parseAlterRole(stream: TokenStream, start: number): AlterRole {
  const name = stream.identifier();
  stream.accept("with");
  let renameTo: Identifier | undefined;
  let owner: Identifier | undefined;
  let externalId: string | undefined;
  do {
    if (renameTo === undefined && stream.accept("rename", "to")) {
      renameTo = stream.identifier();
    } else if (owner === undefined && stream.accept("owner", "to")) {
      owner = stream.userName();
    } else if (externalId === undefined && stream.accept("externalid")) {
      stream.accept("to");
      externalId = parseExternalId(stream);
    } else {
      throw stream.syntaxError();
    }
  } while (!stream.atEnd());
  return { kind: "alter-role", name, renameTo, owner, externalId, span: stream.spanFrom(start) };
}
