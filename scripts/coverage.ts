/**
 * Writes what pages show of the code: the coverage table of each service, from its model and its operation table,
 * and the references of the command line and of the settings.
 *
 *   node scripts/coverage.ts            writes
 *   node scripts/coverage.ts --check    says which page is out of date, and fails
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { coveragePages, freshPage, pagePath } from "./tidy/coverage-pages.ts";
import { serviceIds, tablePath } from "./tidy/operation-table.ts";
import { freshReference, referencePages, referencePaths } from "./tidy/reference-pages.ts";
import { readTree } from "./tidy/tree.ts";

const root = join(import.meta.dirname, "..");
const tree = readTree(root);

if (process.argv.includes("--check")) {
  const findings = [...coveragePages(tree), ...(await referencePages(tree))];
  for (const finding of findings) console.error(`${finding.path}: ${finding.message}`);
  process.exitCode = findings.length === 0 ? 0 : 1;
} else {
  for (const service of serviceIds(tree).filter((id) => tree.has(tablePath(id))))
    write(pagePath(service), freshPage(tree, service));
  for (const path of referencePaths) write(path, await freshReference(path, tree.get(path)?.text ?? ""));
}

function write(path: string, fresh: { readonly text: string } | { readonly problem: string }): void {
  if ("problem" in fresh) {
    console.error(`${path}: ${fresh.problem}`);
    process.exitCode = 1;
  } else if (fresh.text !== tree.get(path)?.text) {
    writeFileSync(join(root, path), fresh.text);
    console.log(`wrote ${path}`);
  }
}
