import type { CreateExternalSchema, ExternalSource, IamRole } from "../ast/schema.ts";
import { acceptIfNotExists, expectAny, parseIamRole } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

export interface ExternalSchemaOptions {
  database: string | undefined;
  schema: string | undefined;
  region: string | undefined;
  iamRole: IamRole | undefined;
  catalogRole: IamRole | undefined;
  authentication: "none" | "iam" | "mtls" | undefined;
  authenticationArn: string | undefined;
  secretArn: string | undefined;
  createDatabase: boolean;
  catalogId: string | undefined;
  uri: string | undefined;
  port: number | undefined;
}

export type ExternalSchemaOption = Exclude<keyof ExternalSchemaOptions, "port">;

type SourceKind = ExternalSource["kind"];

/** Which options each source takes. */
const ALLOWED: Readonly<Record<SourceKind, readonly ExternalSchemaOption[]>> = Object.freeze({
  "data catalog": ["database", "schema", "region", "iamRole", "catalogRole", "createDatabase", "catalogId"],
  "hive metastore": ["database", "uri", "iamRole"],
  postgres: ["database", "schema", "uri", "iamRole", "secretArn"],
  mysql: ["database", "schema", "uri", "iamRole", "secretArn"],
  redshift: ["database", "schema"],
  kinesis: ["iamRole", "region"],
  kafka: ["iamRole", "uri", "authentication", "authenticationArn", "secretArn"],
  msk: ["iamRole", "uri", "authentication", "authenticationArn", "secretArn"],
});

/** CREATE EXTERNAL SCHEMA has been read. */
export function parseCreateExternalSchema(stream: TokenStream, start: number): CreateExternalSchema {
  const ifNotExists = acceptIfNotExists(stream);
  const name = stream.identifier();
  stream.expect("from");
  const kind = parseSourceKind(stream);
  const options = parseExternalSchemaOptions(stream, ALLOWED[kind]);
  const source = toSource(stream, kind, options);
  return { kind: "create-external-schema", ifNotExists, name, source, span: stream.spanFrom(start) };
}

/** The data catalog is what FROM means where no source is named. */
function parseSourceKind(stream: TokenStream): SourceKind {
  if (stream.accept("data", "catalog") || stream.at("database")) {
    return "data catalog";
  }
  if (stream.accept("hive", "metastore")) {
    return "hive metastore";
  }
  return expectAny(stream, "postgres", "mysql", "redshift", "kinesis", "kafka", "msk");
}

/** Options in any order, each once. */
export function parseExternalSchemaOptions(
  stream: TokenStream,
  allowed: readonly ExternalSchemaOption[],
): ExternalSchemaOptions {
  const options: ExternalSchemaOptions = {
    database: undefined,
    schema: undefined,
    region: undefined,
    iamRole: undefined,
    catalogRole: undefined,
    authentication: undefined,
    authenticationArn: undefined,
    secretArn: undefined,
    createDatabase: false,
    catalogId: undefined,
    uri: undefined,
    port: undefined,
  };
  const seen = new Set<ExternalSchemaOption>();
  while (!stream.atEnd()) {
    const option = optionAt(stream);
    if (option === undefined || !allowed.includes(option) || seen.has(option)) {
      throw stream.syntaxError();
    }
    seen.add(option);
    readOption(stream, option, options);
  }
  return options;
}

const OPTION_WORDS: Readonly<Record<string, ExternalSchemaOption>> = Object.freeze({
  database: "database",
  schema: "schema",
  region: "region",
  iam_role: "iamRole",
  catalog_role: "catalogRole",
  authentication: "authentication",
  authentication_arn: "authenticationArn",
  secret_arn: "secretArn",
  create: "createDatabase",
  catalog_id: "catalogId",
  uri: "uri",
});

function optionAt(stream: TokenStream): ExternalSchemaOption | undefined {
  const { lexeme } = stream.current;
  return Object.hasOwn(OPTION_WORDS, lexeme) ? OPTION_WORDS[lexeme] : undefined;
}

function readOption(stream: TokenStream, option: ExternalSchemaOption, options: ExternalSchemaOptions): void {
  stream.next();
  switch (option) {
    case "iamRole":
    case "catalogRole":
      options[option] = parseIamRole(stream);
      return;
    case "authentication":
      options.authentication = expectAny(stream, "none", "iam", "mtls");
      return;
    case "createDatabase":
      stream.expect("external", "database", "if", "not", "exists");
      options.createDatabase = true;
      return;
    case "uri":
      options.uri = stream.string();
      options.port = stream.accept("port") ? stream.integer() : undefined;
      return;
    default:
      options[option] = stream.string();
  }
}

function toSource(stream: TokenStream, kind: SourceKind, options: ExternalSchemaOptions): ExternalSource {
  const { schema, iamRole, uri, port, secretArn, authentication, authenticationArn } = options;
  // What a source cannot do without is missed at the end of the statement.
  const needed = <T>(value: T | undefined): T => {
    if (value === undefined) {
      throw stream.syntaxError();
    }
    return value;
  };
  switch (kind) {
    case "data catalog": {
      const { region, catalogRole, createDatabase, catalogId } = options;
      const database = needed(options.database);
      return { kind, database, schema, region, iamRole, catalogRole, createDatabase, catalogId };
    }
    case "hive metastore":
      return { kind, database: needed(options.database), uri: needed(uri), port, iamRole };
    case "postgres":
    case "mysql": {
      const database = needed(options.database);
      return { kind, database, schema, uri: needed(uri), port, iamRole: needed(iamRole), secretArn };
    }
    case "redshift":
      return { kind, database: needed(options.database), schema };
    case "kinesis":
      return { kind, iamRole: needed(iamRole) };
    case "kafka":
    case "msk":
      return { kind, iamRole, uri, authentication, authenticationArn, secretArn };
  }
}
