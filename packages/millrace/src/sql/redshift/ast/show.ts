import type { Span } from "../../position.ts";
import type { SqlType } from "../types.ts";
import type { Parameter } from "./expression.ts";
import type { Identifier } from "./name.ts";
import type { Grantee } from "./security.ts";

/** The SHOW commands that answer with rows about objects; drivers put parameters in the place of names. */
export type Show =
  | ShowDatabases
  | ShowSchemas
  | ShowTables
  | ShowColumns
  | ShowTable
  | ShowView
  | ShowExternalTable
  | ShowGrants
  | ShowColumnGrants
  | ShowConstraints
  | ShowRoutines
  | ShowParameters
  | ShowProcedure
  | ShowDatashares
  | ShowModel
  | ShowPolicies;

export type ShowNamePart = Identifier | Parameter;

/** `db.schema.$3`; told apart by `"index" in part`. */
export interface ShowName {
  readonly parts: readonly ShowNamePart[];
  readonly span: Span;
}

export interface ShowFilter {
  readonly like: TextOrParameter | undefined;
  readonly limit: number | Parameter | undefined;
}

export type TextOrParameter = { readonly kind: "string"; readonly value: string } | Parameter;

export interface ShowDatabases extends ShowFilter {
  readonly kind: "show-databases";
  /** FROM DATA CATALOG [ACCOUNT ...] */
  readonly dataCatalog:
    | { readonly accounts: readonly string[]; readonly iamRole: string | undefined }
    | undefined;
  readonly span: Span;
}

export interface ShowSchemas extends ShowFilter {
  readonly kind: "show-schemas";
  readonly database: ShowName;
  readonly span: Span;
}

export interface ShowTables extends ShowFilter {
  readonly kind: "show-tables";
  /** `db.schema` or `schema` */
  readonly schema: ShowName;
  readonly span: Span;
}

export interface ShowColumns extends ShowFilter {
  readonly kind: "show-columns";
  readonly table: ShowName;
  readonly span: Span;
}

export interface ShowTable {
  readonly kind: "show-table";
  readonly table: ShowName;
  readonly span: Span;
}

export interface ShowView {
  readonly kind: "show-view";
  readonly view: ShowName;
  readonly span: Span;
}

export interface ShowExternalTable {
  readonly kind: "show-external-table";
  readonly table: ShowName;
  /** With the statements that add its partitions. */
  readonly partition: boolean;
  readonly span: Span;
}

export interface ShowGrants {
  readonly kind: "show-grants";
  readonly subject:
    | {
        readonly kind: "object";
        readonly objectType: "database" | "schema" | "table" | "function" | "procedure";
        readonly name: ShowName;
        readonly argumentTypes: readonly SqlType[] | undefined;
      }
    /** FOR u: everything that one was granted. */
    | { readonly kind: "all" };
  /** FOR u | ROLE r | PUBLIC */
  readonly grantee: Grantee | undefined;
  /** FROM DATABASE d */
  readonly database: ShowName | undefined;
  readonly limit: number | Parameter | undefined;
  readonly span: Span;
}

export interface ShowColumnGrants extends ShowFilter {
  readonly kind: "show-column-grants";
  readonly table: ShowName;
  readonly grantee: Grantee | undefined;
  readonly span: Span;
}

export interface ShowConstraints extends ShowFilter {
  readonly kind: "show-constraints";
  readonly constraints: "primary keys" | "foreign keys" | "exported foreign keys";
  readonly table: ShowName;
  readonly span: Span;
}

export interface ShowRoutines extends ShowFilter {
  readonly kind: "show-routines";
  readonly routine: "procedure" | "function";
  readonly schema: ShowName;
  readonly span: Span;
}

/** SHOW PARAMETERS OF PROCEDURE db.schema.p(int) */
export interface ShowParameters extends ShowFilter {
  readonly kind: "show-parameters";
  readonly routine: "procedure" | "function";
  readonly name: ShowName;
  /** Undefined where no brackets were written. A parameter holds the name of a type. */
  readonly argumentTypes: readonly (SqlType | Parameter)[] | undefined;
  readonly span: Span;
}

export interface ShowProcedure {
  readonly kind: "show-procedure";
  readonly name: ShowName;
  readonly argumentTypes: readonly SqlType[] | undefined;
  readonly span: Span;
}

export interface ShowDatashares {
  readonly kind: "show-datashares";
  readonly like: TextOrParameter | undefined;
  readonly span: Span;
}

export interface ShowModel {
  readonly kind: "show-model";
  /** Undefined for ALL. */
  readonly name: ShowName | undefined;
  readonly span: Span;
}

/** SHOW RLS POLICIES, SHOW MASKING POLICIES */
export interface ShowPolicies {
  readonly kind: "show-policies";
  readonly policies: "rls" | "masking";
  /** ON t */
  readonly relation: ShowName | undefined;
  /** FOR u, of a relation. */
  readonly grantee: Grantee | undefined;
  /** FROM DATABASE d */
  readonly database: ShowName | undefined;
  readonly limit: number | Parameter | undefined;
  readonly span: Span;
}
