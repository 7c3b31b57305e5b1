import type { Drop } from "../ast/catalog-object.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { dropCatalogOrDatabase } from "./define-catalog.ts";
import { dropFunction } from "./program-function.ts";
import { dotted, type ProgramSession } from "./program-session.ts";

/** DROP of anything. */
export function drop(node: Drop, session: ProgramSession): void {
  switch (node.target) {
    case "table":
    case "view":
      dropObject(node, session);
      return;
    case "catalog":
    case "database":
      dropCatalogOrDatabase(node, session);
      return;
    case "function":
      dropFunction(node, session);
      return;
    default:
      throw elsewhere(`DROP ${node.target.toUpperCase()}`, node.span.start);
  }
}

function dropObject(node: Drop, session: ProgramSession): void {
  const { catalogs } = session;
  const path = session.path(node.name);
  const at = node.name.span.start;
  const temporary = catalogs.findTemporary(path);
  const object = node.temporary ? temporary : catalogs.findPermanent(path);
  if (object?.kind !== node.target) {
    if (node.ifExists && object === undefined) return;
    const word = node.temporary ? `temporary ${node.target}` : node.target;
    if (object !== undefined) {
      throw invalid(`'${dotted(node.name)}' is a ${object.kind}, no ${node.target}`, at, "42809");
    }
    throw invalid(`${word} with identifier '${path.join(".")}' does not exist`, at, "42P01");
  }
  if (!node.temporary && temporary !== undefined) {
    throw invalid(
      `a temporary ${temporary.kind} with identifier '${path.join(".")}' exists: drop it first, with TEMPORARY`,
      at,
    );
  }
  catalogs.remove(path, node.temporary);
}
