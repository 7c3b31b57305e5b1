import { kebabCase, productSource } from "./areas.ts";
import { serviceIds, tableLines, tablePath } from "./operation-table.ts";
import type { Finding, Tree, TreeFile } from "./tree.ts";

const rule = "coverage";
const startMark = "<!-- coverage:start -->";
const endMark = "<!-- coverage:end -->";

/** The model of a service, of which this needs the names of the operations alone. */
export function modelPath(service: string): string {
  return `${productSource}gateway/facts/${service}.json`;
}

export function pagePath(service: string): string {
  return `docs/${service}.md`;
}

/** The page with a fresh table between its marks, or why that cannot be. */
export function freshPage(
  tree: Tree,
  service: string,
): { readonly text: string } | { readonly problem: string } {
  const page = tree.get(pagePath(service));
  if (page === undefined)
    return {
      problem: `no page: write ${pagePath(service)} with ${startMark} and ${endMark} where the table belongs`,
    };
  const model = tree.get(modelPath(service));
  if (model === undefined) return { problem: `no ${modelPath(service)}: \`npm run facts\` writes it` };
  const start = page.text.indexOf(startMark);
  const end = page.text.indexOf(endMark);
  if (start === -1 || end < start)
    return { problem: `put ${startMark} and ${endMark} where the table belongs` };
  const before = page.text.slice(0, start + startMark.length);
  return { text: `${before}\n${coverageTable(tree, service, operationNames(model))}${page.text.slice(end)}` };
}

function operationNames(model: TreeFile): readonly string[] {
  const parsed: unknown = JSON.parse(model.text);
  const operations =
    typeof parsed === "object" && parsed !== null && "operations" in parsed ? parsed.operations : undefined;
  if (typeof operations !== "object" || operations === null)
    throw new Error(`${model.path} has no map of operations: write it again with \`npm run facts\``);
  return Object.keys(operations).sort();
}

function coverageTable(tree: Tree, service: string, names: readonly string[]): string {
  const table = tree.get(tablePath(service));
  const lines = new Map((table === undefined ? [] : tableLines(table)).map((line) => [line.name, line]));
  const rows = names.map((name) => {
    const line = lines.get(name);
    const written = line !== undefined && isWritten(tree, service, name);
    return {
      written,
      text: `| ${name} | ${written ? "yes" : "not yet: 501"} | ${escapeCell(line?.note ?? "")} |`,
    };
  });
  const count = rows.filter((row) => row.written).length;
  return [
    "",
    `${count} of ${names.length} operations. The others answer 501 \`NotImplemented\`.`,
    "",
    "| Operation | State | Notes |",
    "|---|---|---|",
    ...rows.map((row) => row.text.replace(/ {2}\|$/, " |")),
    "",
    "",
  ].join("\n");
}

function escapeCell(note: string): string {
  return note.replaceAll("|", "\\|");
}

/** What the scaffold writes does nothing but throw; that is not an operation yet. */
function isWritten(tree: Tree, service: string, name: string): boolean {
  const file = tree.get(`${productSource}services/${service}/operations/${kebabCase(name)}.ts`);
  if (file === undefined) return true;
  const [onlyStatement, ...more] = file.syntax.program.body.flatMap((statement) => {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : null;
    return declaration?.type === "FunctionDeclaration" ? (declaration.body?.body ?? []) : [];
  });
  return onlyStatement?.type !== "ThrowStatement" || more.length > 0;
}

/** Each service's page shows what the code has now. */
export function coveragePages(tree: Tree): readonly Finding[] {
  return serviceIds(tree)
    .filter((service) => tree.has(tablePath(service)))
    .flatMap((service) => {
      const path = pagePath(service);
      const fresh = freshPage(tree, service);
      if ("problem" in fresh) return [{ path, line: 1, rule, message: fresh.problem }];
      if (fresh.text === tree.get(path)?.text) return [];
      return [{ path, line: 1, rule, message: "the table is out of date: `npm run coverage` writes it" }];
    });
}
