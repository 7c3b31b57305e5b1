import { kebabCase, productSource } from "./areas.ts";
import { serviceIds, tableLines, tablePath } from "./operation-table.ts";
import type { Finding, Tree, TreeFile } from "./tree.ts";

const rule = "operation";

/** One operation, one file of its name in `operations/`, its test beside it, one line in the table. */
export function operations(tree: Tree): readonly Finding[] {
  return serviceIds(tree).flatMap((service) => checkService(tree, service));
}

function checkService(tree: Tree, service: string): readonly Finding[] {
  const folder = `${productSource}services/${service}/operations/`;
  const files = tree.files.filter((file) => file.path.startsWith(folder) && file.path.endsWith(".ts"));
  const table = tree.get(tablePath(service));
  const lines = table === undefined ? [] : tableLines(table);
  const listed = new Set(lines.map((line) => `${folder}${kebabCase(line.name)}.ts`));
  const findings = files.flatMap((file) => checkFile(tree, file, listed, service));
  for (const { name, line } of lines) {
    const path = `${folder}${kebabCase(name)}.ts`;
    if (table === undefined || tree.has(path)) continue;
    const message = `${name} has no file ${path}: \`npm run new-operation ${service} ${name}\` writes it`;
    findings.push({ path: table.path, line, rule, message });
  }
  return [...findings, ...checkOrder(table, lines)];
}

function checkOrder(
  table: TreeFile | undefined,
  lines: readonly { name: string; line: number }[],
): Finding[] {
  const wrong = lines.find((line, index) => index > 0 && (lines[index - 1]?.name ?? "") > line.name);
  if (table === undefined || wrong === undefined) return [];
  const message = `${wrong.name} is out of order: the table is sorted by name`;
  return [{ path: table.path, line: wrong.line, rule, message }];
}

function checkFile(tree: Tree, file: TreeFile, listed: ReadonlySet<string>, service: string): Finding[] {
  const finding = (message: string): Finding => ({ path: file.path, line: 1, rule, message });
  if (file.path.endsWith(".test.ts")) {
    const tested = file.path.replace(/\.test\.ts$/, ".ts");
    return tree.has(tested)
      ? []
      : [finding(`tests ${tested}, which is not there: name it after its operation`)];
  }
  const findings: Finding[] = [];
  const test = file.path.replace(/\.ts$/, ".test.ts");
  if (!tree.has(test)) findings.push(finding(`no test beside it: write ${test}`));
  if (!listed.has(file.path))
    findings.push(
      finding(
        `no line in ${tablePath(service)}: add it, or move what is not an operation out of operations/`,
      ),
    );
  const exported = exportedValues(file);
  const expected = (file.path.split("/").at(-1) ?? "").replace(/\.ts$/, "").replaceAll("-", "");
  if (exported.length !== 1 || exported[0]?.toLowerCase() !== expected)
    findings.push(
      finding(
        `exports ${exported.join(", ") || "nothing"}: one function named after the file and types, nothing else; move the rest beside operations/`,
      ),
    );
  return findings;
}

function exportedValues(file: TreeFile): readonly string[] {
  return file.syntax.module.staticExports
    .flatMap((statement) => statement.entries)
    .filter((entry) => !entry.isType)
    .map((entry) => entry.exportName.name ?? "default");
}
