import type { Unsupported } from "../ast/admin.ts";
import type { Identifier } from "../ast/name.ts";
import type { AlterRoutine } from "../ast/routine.ts";
import type { AlterDatabase, AlterExternalSchema, AlterSchema } from "../ast/schema.ts";
import { parseExternalSchemaOptions } from "./create-external-schema.ts";
import { parseQuota } from "./create-schema.ts";
import { parseSignature } from "./routine-signature.ts";
import { parseCollation, parseConnectionLimit, parseDatabaseIsolation } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";
import { unsupported } from "./unsupported.ts";

type RenameOrOwner =
  | { readonly kind: "rename"; readonly newName: Identifier }
  | { readonly kind: "owner"; readonly owner: Identifier };

function acceptRenameOrOwner(stream: TokenStream): RenameOrOwner | undefined {
  if (stream.accept("rename", "to")) {
    return { kind: "rename", newName: stream.identifier() };
  }
  return stream.accept("owner", "to") ? { kind: "owner", owner: parseOwner(stream) } : undefined;
}

/** CURRENT_USER and SESSION_USER stand for a name here. */
function parseOwner(stream: TokenStream): Identifier {
  return stream.at("current_user") || stream.at("session_user") ? stream.label() : stream.userName();
}

/** ALTER SCHEMA has been read. */
export function parseAlterSchema(stream: TokenStream, start: number): AlterSchema {
  const name = stream.identifier();
  let action: AlterSchema["action"] | undefined = acceptRenameOrOwner(stream);
  if (action === undefined) {
    stream.expect("quota");
    action = { kind: "quota", quota: parseQuota(stream) };
  }
  return { kind: "alter-schema", name, action, span: stream.spanFrom(start) };
}

/** ALTER EXTERNAL SCHEMA has been read. */
export function parseAlterExternalSchema(stream: TokenStream, start: number): AlterExternalSchema {
  const name = stream.identifier();
  if (stream.atEnd()) {
    throw stream.syntaxError();
  }
  const { iamRole, authentication, authenticationArn, secretArn, uri } = parseExternalSchemaOptions(stream, [
    "iamRole",
    "authentication",
    "authenticationArn",
    "secretArn",
    "uri",
  ]);
  return {
    kind: "alter-external-schema",
    name,
    iamRole,
    authentication,
    authenticationArn,
    secretArn,
    uri,
    span: stream.spanFrom(start),
  };
}

/** ALTER DATABASE has been read. */
export function parseAlterDatabase(stream: TokenStream, start: number): AlterDatabase | Unsupported {
  const name = stream.identifier();
  if (stream.at("integration") || stream.at("set")) {
    return unsupported(stream, start, "ALTER DATABASE ... INTEGRATION");
  }
  const action = acceptRenameOrOwner(stream) ?? parseDatabaseAction(stream);
  return { kind: "alter-database", name, action, span: stream.spanFrom(start) };
}

function parseDatabaseAction(stream: TokenStream): AlterDatabase["action"] {
  stream.accept("with");
  if (stream.accept("connection", "limit")) {
    return { kind: "connection-limit", limit: parseConnectionLimit(stream) };
  }
  if (stream.accept("collate")) {
    return { kind: "collate", collate: parseCollation(stream) };
  }
  stream.expect("isolation", "level");
  return { kind: "isolation", isolation: parseDatabaseIsolation(stream) };
}

/** ALTER FUNCTION or ALTER PROCEDURE has been read. */
export function parseAlterRoutine(
  stream: TokenStream,
  start: number,
  routine: "function" | "procedure",
): AlterRoutine {
  const signature = parseSignature(stream, routine === "function" ? "required" : "optional");
  const action = acceptRenameOrOwner(stream);
  if (action === undefined) {
    throw stream.syntaxError();
  }
  return { kind: "alter-routine", routine, signature, action, span: stream.spanFrom(start) };
}
