import type { Drop, DropObjectType } from "../ast/admin.ts";
import type { Identifier, QualifiedName } from "../ast/name.ts";
import { parseSignature } from "./routine-signature.ts";
import { acceptIfExists, parseBehavior } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

/** The others must be there. */
const KNOWS_IF_EXISTS: ReadonlySet<DropObjectType> = new Set<DropObjectType>([
  "table",
  "view",
  "materialized view",
  "schema",
  "user",
]);

/** DROP and the type of the objects have been read. */
export function parseDrop(stream: TokenStream, start: number, objectType: DropObjectType): Drop {
  const ifExists = KNOWS_IF_EXISTS.has(objectType) && acceptIfExists(stream);
  if (objectType === "function" || objectType === "procedure") {
    const signature = parseSignature(stream, objectType === "function" ? "required" : "optional");
    const behavior = parseBehavior(stream);
    return drop(stream, start, objectType, { ifExists, signatures: [signature], behavior });
  }
  const names = parseNames(stream, objectType);
  const dropExternalDatabase = objectType === "schema" && stream.accept("drop", "external", "database");
  const behavior = parseDropBehavior(stream, objectType);
  return drop(stream, start, objectType, { ifExists, names, behavior, dropExternalDatabase });
}

function drop(
  stream: TokenStream,
  start: number,
  objectType: DropObjectType,
  parts: Pick<Drop, "ifExists" | "behavior"> & Partial<Drop>,
): Drop {
  return {
    kind: "drop",
    objectType,
    names: [],
    signatures: [],
    dropExternalDatabase: false,
    ...parts,
    span: stream.spanFrom(start),
  };
}

/** Databases, groups and roles are dropped one by one. */
function parseNames(stream: TokenStream, objectType: DropObjectType): readonly QualifiedName[] {
  switch (objectType) {
    case "database":
    case "group":
    case "role":
      return [single(stream.identifier())];
    case "schema":
      return stream.list(() => single(stream.identifier()));
    case "user":
      return stream.list(() => single(stream.userName()));
    default:
      return stream.list(() => stream.qualifiedName());
  }
}

function single(name: Identifier): QualifiedName {
  return { parts: [name], span: name.span };
}

function parseDropBehavior(stream: TokenStream, objectType: DropObjectType): Drop["behavior"] {
  switch (objectType) {
    case "database":
      return stream.acceptAny("force");
    case "role":
      return stream.acceptAny("force", "restrict");
    case "user":
    case "group":
      return undefined;
    default:
      return parseBehavior(stream);
  }
}
