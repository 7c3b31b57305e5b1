import type { Span } from "../../position.ts";
import type { Identifier } from "./name.ts";
import type { ConnectionLimit } from "./schema.ts";
import type { SetValue } from "./transaction.ts";

export interface CreateUser {
  readonly kind: "create-user";
  readonly name: Identifier;
  readonly options: UserOptions;
  /** IN GROUP g, ... */
  readonly groups: readonly Identifier[];
  readonly span: Span;
}

/** Undefined: not written. */
export interface UserOptions {
  readonly password: PasswordClause | undefined;
  readonly createDatabase: boolean | undefined;
  /** CREATEUSER: superuser. */
  readonly createUser: boolean | undefined;
  readonly syslogAccess: "restricted" | "unrestricted" | undefined;
  /** As written, `infinity` as well. */
  readonly validUntil: string | undefined;
  readonly connectionLimit: ConnectionLimit | undefined;
  readonly sessionTimeoutSeconds: number | "reset" | undefined;
  readonly externalId: string | undefined;
  /** NOLOGIN is false, LOGIN PASSWORD is true. */
  readonly login: boolean | undefined;
}

export type PasswordClause =
  | { readonly kind: "disable" }
  /** Plain, or `md5...`, or `sha256|...`. */
  | { readonly kind: "text"; readonly text: string };

export interface AlterUser {
  readonly kind: "alter-user";
  readonly name: Identifier;
  readonly action:
    | { readonly kind: "options"; readonly options: UserOptions }
    | { readonly kind: "rename"; readonly newName: Identifier }
    | { readonly kind: "set"; readonly setting: string; readonly value: SetValue }
    /** RESET x */
    | { readonly kind: "reset"; readonly setting: string };
  readonly span: Span;
}

export interface CreateGroup {
  readonly kind: "create-group";
  readonly name: Identifier;
  readonly users: readonly Identifier[];
  readonly span: Span;
}

export interface AlterGroup {
  readonly kind: "alter-group";
  readonly name: Identifier;
  readonly action:
    | { readonly kind: "add-users" | "drop-users"; readonly users: readonly Identifier[] }
    | { readonly kind: "rename"; readonly newName: Identifier };
  readonly span: Span;
}

export interface CreateRole {
  readonly kind: "create-role";
  readonly name: Identifier;
  readonly externalId: string | undefined;
  readonly span: Span;
}

export interface AlterRole {
  readonly kind: "alter-role";
  readonly name: Identifier;
  readonly renameTo: Identifier | undefined;
  readonly owner: Identifier | undefined;
  readonly externalId: string | undefined;
  readonly span: Span;
}
