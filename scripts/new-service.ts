/**
 * Starts a service: its folder, its page with the coverage table, how it is built, and its line in server/services.ts.
 *
 *   npm run new-service firehose
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { serviceChanges } from "./scaffold/service.ts";
import { ScaffoldError, writeChanges } from "./scaffold/source-edit.ts";
import { freshPage, pagePath } from "./tidy/coverage-pages.ts";
import { readTree } from "./tidy/tree.ts";

const root = join(import.meta.dirname, "..");
const [id, ...more] = process.argv.slice(2);
try {
  if (id === undefined || more.length > 0) throw new ScaffoldError("usage: npm run new-service <service id>");
  const changes = serviceChanges(root, id);
  writeChanges(root, changes);
  const fresh = freshPage(readTree(root), id);
  if ("text" in fresh) writeFileSync(join(root, pagePath(id)), fresh.text);
  for (const path of changes.keys()) console.log(`wrote ${path}`);
  console.log(`Next: npm run new-operation ${id} <operation>`);
} catch (error) {
  if (!(error instanceof ScaffoldError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
