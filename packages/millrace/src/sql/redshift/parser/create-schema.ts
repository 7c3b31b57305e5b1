import type { Unsupported } from "../ast/admin.ts";
import type { Identifier } from "../ast/name.ts";
import type { CreateDatabase, CreateSchema, SchemaQuota } from "../ast/schema.ts";
import {
  acceptIfNotExists,
  expectAny,
  parseCollation,
  parseConnectionLimit,
  parseDatabaseIsolation,
  skipToEnd,
} from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";
import { unsupported } from "./unsupported.ts";

/** CREATE SCHEMA has been read. */
export function parseCreateSchema(stream: TokenStream, start: number): CreateSchema | Unsupported {
  const ifNotExists = acceptIfNotExists(stream);
  const name = stream.at("authorization") ? undefined : stream.identifier();
  const authorization = stream.accept("authorization") ? stream.userName() : undefined;
  const quota = stream.accept("quota") ? parseQuota(stream) : undefined;
  if (stream.at("create") || stream.at("grant")) {
    return unsupported(stream, start, "CREATE SCHEMA with schema elements");
  }
  return { kind: "create-schema", ifNotExists, name, authorization, quota, span: stream.spanFrom(start) };
}

/** Behind QUOTA. */
export function parseQuota(stream: TokenStream): SchemaQuota {
  if (stream.accept("unlimited")) {
    return { kind: "unlimited" };
  }
  const amount = stream.integer();
  return { kind: "limit", amount, unit: stream.acceptAny("mb", "gb", "tb") ?? "mb" };
}

interface DatabaseDraft {
  owner: Identifier | undefined;
  connectionLimit: number | undefined;
  collate: CreateDatabase["collate"];
  isolation: CreateDatabase["isolation"];
}

/** CREATE DATABASE has been read. */
export function parseCreateDatabase(stream: TokenStream, start: number): CreateDatabase {
  const name = stream.identifier();
  const permissions = stream.accept("with", "permissions");
  if (permissions && !stream.at("from")) {
    throw stream.syntaxError();
  }
  const from = stream.accept("from") ? parseDatabaseSource(stream) : undefined;
  if (from === undefined) {
    stream.accept("with");
  }
  const draft: DatabaseDraft = {
    owner: undefined,
    connectionLimit: undefined,
    collate: undefined,
    isolation: undefined,
  };
  while (parseDatabaseOption(stream, draft)) {
    // The next one.
  }
  return { kind: "create-database", name, ...draft, from, span: stream.spanFrom(start) };
}

function parseDatabaseSource(stream: TokenStream): string {
  const source = expectAny(stream, "arn", "datashare", "integration");
  skipToEnd(stream);
  return `from ${source}`;
}

/** One option, each at most once. @returns false where none follows */
function parseDatabaseOption(stream: TokenStream, draft: DatabaseDraft): boolean {
  if (draft.owner === undefined && stream.accept("owner")) {
    stream.accept("=");
    draft.owner = stream.userName();
  } else if (draft.connectionLimit === undefined && stream.accept("connection", "limit")) {
    draft.connectionLimit = parseConnectionLimit(stream);
  } else if (draft.collate === undefined && stream.accept("collate")) {
    draft.collate = parseCollation(stream);
  } else if (draft.isolation === undefined && stream.accept("isolation", "level")) {
    draft.isolation = parseDatabaseIsolation(stream);
  } else {
    return false;
  }
  return true;
}
