import type { Identifier } from "../ast/name.ts";
import { parseRoleName } from "./grantee.ts";
import type { TokenStream } from "./token-stream.ts";

/** What roles can be given beside privileges on objects, and ALL gives. */
export const systemPrivileges: readonly string[] = Object.freeze([
  "create user",
  "drop user",
  "alter user",
  "create schema",
  "drop schema",
  "alter default privileges",
  "access catalog",
  "access system table",
  "create table",
  "drop table",
  "alter table",
  "create or replace function",
  "create or replace external function",
  "drop function",
  "create or replace procedure",
  "drop procedure",
  "create or replace view",
  "drop view",
  "create model",
  "drop model",
  "create datashare",
  "alter datashare",
  "drop datashare",
  "create library",
  "drop library",
  "create role",
  "drop role",
  "truncate table",
  "vacuum",
  "analyze",
  "cancel",
]);

/** Privileges of features that Millrace does not have. */
export function unsupportedPrivilege(stream: TokenStream): string | undefined {
  const { lexeme } = stream.current;
  const following = stream.peek(1).lexeme;
  const pair = `${lexeme} ${following}`;
  if (lexeme === "share") {
    return lexeme.toUpperCase();
  }
  return UNSUPPORTED_PAIRS.has(pair) ? pair.toUpperCase() : undefined;
}

const UNSUPPORTED_PAIRS: ReadonlySet<string> = new Set([
  "create model",
  "drop model",
  "explain rls",
  "ignore rls",
  "explain masking",
]);

/** One or more, in lower case. @throws SqlError a syntax error at a word that is no such privilege */
export function parseSystemPrivileges(stream: TokenStream): readonly string[] {
  return stream.list(() => {
    const found = systemPrivileges.find((privilege) => stream.accept(...privilege.split(" ")));
    if (found === undefined) {
      throw stream.syntaxError();
    }
    return found;
  });
}

/** `TO ROLE a, ROLE b` */
export function parseToRoles(stream: TokenStream, direction: "to" | "from"): readonly Identifier[] {
  stream.expect(direction);
  return stream.list(() => {
    stream.expect("role");
    return parseRoleName(stream);
  });
}
