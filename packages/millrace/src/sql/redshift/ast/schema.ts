import type { Span } from "../../position.ts";
import type { Identifier } from "./name.ts";
import type { Collation } from "./table.ts";

export interface CreateSchema {
  readonly kind: "create-schema";
  readonly ifNotExists: boolean;
  /** Undefined in CREATE SCHEMA AUTHORIZATION u, whose schema is named like the user. */
  readonly name: Identifier | undefined;
  readonly authorization: Identifier | undefined;
  readonly quota: SchemaQuota | undefined;
  readonly span: Span;
}

/** `50 gb`; a bare number is in MB. */
export type SchemaQuota =
  | { readonly kind: "unlimited" }
  | { readonly kind: "limit"; readonly amount: number; readonly unit: "mb" | "gb" | "tb" };

export interface AlterSchema {
  readonly kind: "alter-schema";
  readonly name: Identifier;
  readonly action:
    | { readonly kind: "rename"; readonly newName: Identifier }
    | { readonly kind: "owner"; readonly owner: Identifier }
    | { readonly kind: "quota"; readonly quota: SchemaQuota };
  readonly span: Span;
}

/** IAM_ROLE of COPY, UNLOAD, external schemas and functions. */
export type IamRole =
  | { readonly kind: "default" }
  /** IAM_ROLE 'SESSION' */
  | { readonly kind: "session" }
  /** More than one where roles are chained, with commas between them in the text. */
  | { readonly kind: "arns"; readonly arns: readonly string[] };

export interface CreateExternalSchema {
  readonly kind: "create-external-schema";
  readonly ifNotExists: boolean;
  readonly name: Identifier;
  readonly source: ExternalSource;
  readonly span: Span;
}

export type ExternalSource =
  | {
      readonly kind: "data catalog";
      readonly database: string;
      readonly schema: string | undefined;
      readonly region: string | undefined;
      readonly iamRole: IamRole | undefined;
      readonly catalogRole: IamRole | undefined;
      /** CREATE EXTERNAL DATABASE IF NOT EXISTS */
      readonly createDatabase: boolean;
      readonly catalogId: string | undefined;
    }
  | {
      readonly kind: "hive metastore";
      readonly database: string;
      readonly uri: string;
      readonly port: number | undefined;
      readonly iamRole: IamRole | undefined;
    }
  | {
      readonly kind: "postgres" | "mysql";
      readonly database: string;
      readonly schema: string | undefined;
      readonly uri: string;
      readonly port: number | undefined;
      readonly iamRole: IamRole;
      readonly secretArn: string | undefined;
    }
  | { readonly kind: "redshift"; readonly database: string; readonly schema: string | undefined }
  | { readonly kind: "kinesis"; readonly iamRole: IamRole }
  | {
      readonly kind: "kafka" | "msk";
      readonly iamRole: IamRole | undefined;
      readonly uri: string | undefined;
      readonly authentication: "none" | "iam" | "mtls" | undefined;
      readonly authenticationArn: string | undefined;
      readonly secretArn: string | undefined;
    };

export interface AlterExternalSchema {
  readonly kind: "alter-external-schema";
  readonly name: Identifier;
  readonly iamRole: IamRole | undefined;
  readonly authentication: "none" | "iam" | "mtls" | undefined;
  readonly authenticationArn: string | undefined;
  readonly secretArn: string | undefined;
  readonly uri: string | undefined;
  readonly span: Span;
}

export interface CreateDatabase {
  readonly kind: "create-database";
  readonly name: Identifier;
  readonly owner: Identifier | undefined;
  readonly connectionLimit: ConnectionLimit | undefined;
  readonly collate: Collation | undefined;
  readonly isolation: "serializable" | "snapshot" | undefined;
  /** FROM DATASHARE, FROM ARN, FROM INTEGRATION and the like, as words: `from datashare`; undefined for a local one. */
  readonly from: string | undefined;
  readonly span: Span;
}

/** -1 is UNLIMITED. */
export type ConnectionLimit = number;

export interface AlterDatabase {
  readonly kind: "alter-database";
  readonly name: Identifier;
  readonly action:
    | { readonly kind: "rename"; readonly newName: Identifier }
    | { readonly kind: "owner"; readonly owner: Identifier }
    | { readonly kind: "connection-limit"; readonly limit: ConnectionLimit }
    | { readonly kind: "collate"; readonly collate: Collation }
    | { readonly kind: "isolation"; readonly isolation: "serializable" | "snapshot" };
  readonly span: Span;
}
