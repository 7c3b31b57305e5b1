import type { Span } from "../../position.ts";
import type { Identifier, QualifiedName } from "./name.ts";
import type { RoutineSignature } from "./routine.ts";

export interface Grant {
  readonly kind: "grant";
  /** Undefined: ALL [PRIVILEGES]. */
  readonly privileges: readonly GrantPrivilege[] | undefined;
  /** ALL (a, b) ON t: the columns of ALL. */
  readonly allColumns: readonly Identifier[];
  readonly target: GrantTarget;
  readonly grantees: readonly Grantee[];
  readonly span: Span;
}

export interface Revoke {
  readonly kind: "revoke";
  readonly grantOptionFor: boolean;
  readonly privileges: readonly GrantPrivilege[] | undefined;
  readonly allColumns: readonly Identifier[];
  readonly target: GrantTarget;
  readonly grantees: readonly Grantee[];
  readonly behavior: "cascade" | "restrict" | undefined;
  readonly span: Span;
}

export interface GrantPrivilege {
  readonly name: PrivilegeName;
  /** SELECT (a, b); empty for the whole object. */
  readonly columns: readonly Identifier[];
  readonly span: Span;
}

/** `temp` comes as `temporary`. */
export type PrivilegeName =
  | ("select" | "insert" | "update" | "delete" | "drop" | "references" | "truncate" | "alter" | "trigger")
  | ("rule" | "usage" | "create" | "temporary" | "execute");

export type RoutineKind = "function" | "procedure";

export type GrantTarget =
  | { readonly kind: "tables"; readonly names: readonly QualifiedName[] }
  | { readonly kind: "all-tables"; readonly schemas: readonly QualifiedName[] }
  | { readonly kind: "databases"; readonly names: readonly Identifier[] }
  | { readonly kind: "schemas"; readonly names: readonly QualifiedName[] }
  | {
      readonly kind: "routines";
      readonly routine: RoutineKind;
      readonly signatures: readonly RoutineSignature[];
    }
  | {
      readonly kind: "all-routines";
      readonly routine: RoutineKind;
      readonly schemas: readonly QualifiedName[];
    }
  | { readonly kind: "languages"; readonly names: readonly Identifier[] }
  /** FOR TABLES IN SCHEMA s: what is there and what will be. */
  | {
      readonly kind: "scoped";
      readonly objects: "schemas" | "tables" | "functions" | "procedures" | "languages" | "copy jobs";
      readonly scope:
        | { readonly kind: "schema"; readonly name: Identifier; readonly database: Identifier | undefined }
        | { readonly kind: "database"; readonly name: Identifier };
    };

export interface Grantee {
  readonly kind: "user" | "group" | "role" | "public";
  /** Undefined for PUBLIC. */
  readonly name: Identifier | undefined;
  /** WITH GRANT OPTION; never in a Revoke. */
  readonly grantOption: boolean;
}

/** GRANT ROLE a, b TO u, ROLE c [WITH ADMIN OPTION] */
export interface GrantRole {
  readonly kind: "grant-role";
  readonly roles: readonly Identifier[];
  readonly grantees: readonly RoleGrantee[];
  readonly span: Span;
}

export interface RevokeRole {
  readonly kind: "revoke-role";
  /** ADMIN OPTION FOR */
  readonly adminOptionFor: boolean;
  readonly roles: readonly Identifier[];
  readonly grantees: readonly RoleGrantee[];
  readonly span: Span;
}

export interface RoleGrantee {
  readonly kind: "user" | "role";
  readonly name: Identifier;
  /** WITH ADMIN OPTION */
  readonly adminOption: boolean;
}

/** GRANT CREATE USER, ACCESS SYSTEM TABLE TO ROLE r */
export interface GrantSystemPrivileges {
  readonly kind: "grant-system-privileges";
  /** In lower case, one blank between words: `create user`; `all` for ALL PRIVILEGES. */
  readonly privileges: readonly string[];
  readonly roles: readonly Identifier[];
  readonly span: Span;
}

export interface RevokeSystemPrivileges {
  readonly kind: "revoke-system-privileges";
  readonly privileges: readonly string[];
  readonly roles: readonly Identifier[];
  readonly span: Span;
}

export interface AlterDefaultPrivileges {
  readonly kind: "alter-default-privileges";
  /** FOR USER u, ...; empty: the one who asks. */
  readonly users: readonly Identifier[];
  /** IN SCHEMA s, ...; empty: all. */
  readonly schemas: readonly Identifier[];
  readonly action: "grant" | "revoke";
  readonly grantOptionFor: boolean;
  /** Undefined: ALL [PRIVILEGES]. */
  readonly privileges: readonly PrivilegeName[] | undefined;
  readonly objectType: "tables" | "functions" | "procedures";
  readonly grantees: readonly Grantee[];
  readonly behavior: "cascade" | "restrict" | undefined;
  readonly span: Span;
}

/** GRANT ASSUMEROLE ON 'arn' TO u FOR COPY: which commands may take on which IAM roles. */
export interface GrantAssumeRole {
  readonly kind: "grant-assume-role";
  readonly target: AssumeRoleTarget;
  /** Without grant options. */
  readonly grantees: readonly Grantee[];
  readonly commands: readonly AssumeRoleCommand[];
  readonly span: Span;
}

export interface RevokeAssumeRole {
  readonly kind: "revoke-assume-role";
  readonly target: AssumeRoleTarget;
  readonly grantees: readonly Grantee[];
  readonly commands: readonly AssumeRoleCommand[];
  readonly span: Span;
}

export type AssumeRoleTarget =
  | { readonly kind: "all" | "default" }
  /** Each the ARN of a role, or of several with commas between them: a chain. */
  | { readonly kind: "roles"; readonly chains: readonly string[] };

export type AssumeRoleCommand = "copy" | "unload" | "external function" | "create model";
