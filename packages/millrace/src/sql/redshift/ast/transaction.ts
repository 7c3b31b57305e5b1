import type { Span } from "../../position.ts";
import type { Identifier } from "./name.ts";

export type IsolationLevel = "serializable" | "repeatable read" | "read committed" | "read uncommitted";

/** BEGIN, START TRANSACTION */
export interface Begin {
  readonly kind: "begin";
  /** The word that the tag shows: BEGIN or START TRANSACTION. */
  readonly tag: "BEGIN" | "START TRANSACTION";
  /** Accepted and without effect: Redshift takes the isolation of the database. */
  readonly isolation: IsolationLevel | undefined;
  readonly readOnly: boolean | undefined;
  readonly span: Span;
}

/** COMMIT, END */
export interface Commit {
  readonly kind: "commit";
  readonly span: Span;
}

/** ROLLBACK, ABORT */
export interface Rollback {
  readonly kind: "rollback";
  readonly span: Span;
}

/** SET [SESSION | LOCAL] x { TO | = } value; SET TIME ZONE comes as `timezone`, SET SEED as `seed`. */
export interface SetVariable {
  readonly kind: "set-variable";
  /** In lower case; with a dot in settings that applications make up. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly local: boolean;
  readonly value: SetValue;
  readonly span: Span;
}

/** `x = value` without SET: of users and procedures. */
export interface Setting {
  readonly name: string;
  readonly value: SetValue;
}

export type SetValue =
  /** TO DEFAULT */
  | { readonly kind: "default" }
  /** More than one of a list: `search_path to '$user', public`. */
  | { readonly kind: "values"; readonly values: readonly SettingValue[] };

export interface SettingValue {
  /** Of a word its folded form, of a number its text with its sign, of a string what it says. */
  readonly text: string;
  readonly form: "string" | "word" | "number";
}

export interface ResetVariable {
  readonly kind: "reset-variable";
  /** Undefined for RESET ALL. */
  readonly name: string | undefined;
  readonly span: Span;
}

export interface ShowVariable {
  readonly kind: "show-variable";
  /** Undefined for SHOW ALL. `SHOW TIME ZONE` comes as `timezone`. */
  readonly name: string | undefined;
  readonly span: Span;
}

/** SET [SESSION | LOCAL] SESSION AUTHORIZATION u | DEFAULT, RESET SESSION AUTHORIZATION */
export interface SetSessionAuthorization {
  readonly kind: "set-session-authorization";
  readonly local: boolean;
  /** Undefined for DEFAULT. */
  readonly user: Identifier | undefined;
  readonly span: Span;
}

/** SET TRANSACTION ..., SET SESSION CHARACTERISTICS AS TRANSACTION ... */
export interface SetTransaction {
  readonly kind: "set-transaction";
  readonly session: boolean;
  readonly isolation: IsolationLevel | undefined;
  readonly readOnly: boolean | undefined;
  readonly span: Span;
}
