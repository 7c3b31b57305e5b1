/**
 * Starts an operation: its file, its test, and its line in the service's table.
 *
 *   npm run new-operation kinesis PutRecord
 */
import { join } from "node:path";
import { operationChanges } from "./scaffold/operation.ts";
import { ScaffoldError, writeChanges } from "./scaffold/source-edit.ts";

const root = join(import.meta.dirname, "..");
const [service, name, ...more] = process.argv.slice(2);
try {
  if (service === undefined || name === undefined || more.length > 0)
    throw new ScaffoldError("usage: npm run new-operation <service id> <operation>");
  const changes = operationChanges(root, service, name);
  writeChanges(root, changes);
  for (const path of changes.keys()) console.log(`wrote ${path}`);
  console.log(`Next: write ${name}, say in the table which resources it touches, then run npm run coverage.`);
} catch (error) {
  if (!(error instanceof ScaffoldError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
