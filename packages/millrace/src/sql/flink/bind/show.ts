import type { Show } from "../ast/session.ts";
import { functionNames } from "../functions/function-table.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { existingDatabase } from "./define-catalog.ts";
import { describedColumns, describeHeader } from "./describe.ts";
import type { ProgramSession } from "./program-session.ts";
import { createCatalogText, createTableText, createViewText } from "./show-create.ts";

/** What SHOW and DESCRIBE answer. */
export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** SHOW of anything that a program has. */
export function show(node: Show, session: ProgramSession): Answer {
  const { catalogs } = session;
  switch (node.subject) {
    case "catalogs":
      return list("catalog name", catalogs.catalogNames(), node);
    case "current catalog":
      return list("current catalog name", [catalogs.currentCatalog], node);
    case "databases": {
      const catalog = node.name?.parts[0]?.name ?? catalogs.currentCatalog;
      return list("database name", catalogs.databaseNames(catalog), node);
    }
    case "current database":
      return list("current database name", [catalogs.currentDatabase], node);
    case "tables":
    case "views":
      return list(`${node.subject === "tables" ? "table" : "view"} name`, objectNames(node, session), node);
    case "columns":
      return columns(node, session);
    case "functions":
      return list("function name", [...functionNames(), ...session.functions.keys()].sort(), node);
    case "user functions":
      return list("function name", [...session.functions.keys()].sort(), node);
    case "modules":
      return list("module name", ["core"], node);
    case "full modules":
      return { columns: ["module name", "used"], rows: [["core", "TRUE"]] };
    case "jars":
      return list("jar name", [], node);
    default:
      return showCreate(node, session);
  }
}

function showCreate(node: Show, session: ProgramSession): Answer {
  const { name, subject } = node;
  if (name !== undefined && subject === "create catalog") {
    const text = createCatalogText(name.parts[0]?.name ?? "", session.catalogs);
    return { columns: ["result"], rows: [[text]] };
  }
  if (name === undefined || (subject !== "create table" && subject !== "create view")) {
    throw elsewhere(`SHOW ${subject.toUpperCase()}`, node.span.start);
  }
  const object = session.object(name);
  const wanted = subject === "create table" ? "table" : "view";
  if (object.kind !== wanted) {
    throw invalid(
      `SHOW CREATE ${wanted.toUpperCase()} is not for a ${object.kind}`,
      name.span.start,
      "42809",
    );
  }
  const text =
    object.kind === "table" ? createTableText(object) : createViewText(object, session.bindView(object));
  return { columns: ["result"], rows: [[text]] };
}

/** SHOW TABLES lists views as well. */
function objectNames(node: Show, session: ProgramSession): readonly string[] {
  const { catalogs } = session;
  const [catalog, database] =
    node.name === undefined
      ? [catalogs.currentCatalog, catalogs.currentDatabase]
      : existingDatabase(node.name, session);
  const names = catalogs.objectNames(catalog, database);
  if (node.subject === "tables") return names;
  return names.filter((name) => catalogs.find([catalog, database, name])?.kind === "view");
}

function columns(node: Show, session: ProgramSession): Answer {
  if (node.name === undefined) throw invalid("SHOW COLUMNS needs FROM and a table", node.span.start, "42601");
  const rows = describedColumns(node.name, session).filter((row) => isLike(row[0] ?? "", node));
  return { columns: describeHeader, rows };
}

function list(column: string, names: readonly string[], node: Show): Answer {
  return { columns: [column], rows: names.filter((name) => isLike(name, node)).map((name) => [name]) };
}

/** `[NOT] LIKE 'a%'`, without a regular expression: patterns are anybody's. */
function isLike(name: string, { like }: Show): boolean {
  if (like === undefined) return true;
  const [text, pattern] = like.ignoreCase
    ? [name.toLowerCase(), like.pattern.toLowerCase()]
    : [name, like.pattern];
  return matches([...text], [...pattern]) !== like.negated;
}

/** `%` any characters, `_` one; time grows with the product of the lengths. */
function matches(text: readonly string[], pattern: readonly string[]): boolean {
  let [t, p, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === "%") {
      [star, mark] = [p, t];
      p += 1;
    } else if (p < pattern.length && (pattern[p] === "_" || pattern[p] === text[t])) {
      t += 1;
      p += 1;
    } else if (star >= 0) {
      mark += 1;
      [t, p] = [mark, star + 1];
    } else {
      return false;
    }
  }
  return pattern.slice(p).every((character) => character === "%");
}

/** DESCRIBE CATALOG and DATABASE. */
export function describeCatalog(name: string, session: ProgramSession): Answer {
  const { type, comment } = session.catalogs.catalog(name);
  return {
    columns: ["info name", "info value"],
    rows: [
      ["name", name],
      ["type", type],
      ["comment", comment ?? ""],
    ],
  };
}
