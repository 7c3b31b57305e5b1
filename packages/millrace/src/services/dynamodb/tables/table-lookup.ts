import { parseArn } from "../../../core/arn.ts";
import type { Call } from "../../../gateway/call.ts";
import { resourceInUse, resourceNotFound, tableNotFound, validation } from "../errors.ts";
import { type Table, type TableAddress, tableArn } from "./table.ts";
import type { TableCatalog } from "./table-catalog.ts";

interface Tables {
  readonly tables: TableCatalog;
}

const namePattern = /^[a-zA-Z0-9_.-]+$/;
const minNameChars = 3;
const maxNameChars = 255;

/** Which table an input means, by its name or by its ARN. */
export function addressOf(nameOrArn: string, call: Call): TableAddress {
  if (!nameOrArn.startsWith("arn:")) {
    checkTableName(nameOrArn);
    return { account: call.account, region: call.region, name: nameOrArn };
  }
  return (
    addressOfArn(nameOrArn) ??
    fail(validation(`Invalid TableArn: Invalid ResourceArn provided as input ${nameOrArn}`))
  );
}

/** The table that an ARN names, or that the index it names is of. */
export function addressOfArn(text: string): TableAddress | undefined {
  const arn = parseArn(text);
  const [kind, name, ...rest] = arn?.resource.split("/") ?? [];
  if (arn?.service !== "dynamodb" || kind !== "table" || name === undefined || !namePattern.test(name))
    return undefined;
  if (rest.length > 0 && !(rest.length === 2 && rest[0] === "index")) return undefined;
  return { account: arn.account, region: arn.region, name };
}

function checkTableName(name: string): void {
  if (!namePattern.test(name))
    throw validation(
      `1 validation error detected: Value '${name.slice(0, maxNameChars)}' at 'tableName' failed to satisfy constraint: ` +
        "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    );
  if (name.length < minNameChars || name.length > maxNameChars)
    throw validation(
      `TableName must be at least ${minNameChars} characters long and at most ${maxNameChars} characters long`,
    );
}

/** The table that an input means, in whatever state it is. */
export function findTable(state: Tables, nameOrArn: string, call: Call): Table {
  const address = addressOf(nameOrArn, call);
  return state.tables.get(address) ?? fail(tableNotFound(address.name));
}

/** The table that an input means when it reads and writes items. */
export function findItemTable(state: Tables, nameOrArn: string, call: Call): Table {
  const table = state.tables.get(addressOf(nameOrArn, call));
  const status = table?.document.status;
  if (table === undefined || status === "CREATING" || status === "DELETING") throw resourceNotFound();
  return table;
}

/** The table that an ARN names, for tags and policies. */
export function findTableByArn(state: Tables, arn: string): Table {
  const address = addressOfArn(arn);
  if (address === undefined)
    throw validation(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  const table = state.tables.get(address);
  return table ?? fail(resourceNotFound(`Requested resource not found: ResourcArn: ${arn} not found`));
}

/** Refuses to change a table that is being made, changed or deleted. Check it inside the change. */
export function requireActive(table: Pick<Table["document"], "name" | "status">): void {
  const { name, status } = table;
  if (status === "CREATING")
    throw resourceInUse(
      `Attempt to change a resource which is still in use: Table is being created: ${name}`,
    );
  if (status === "DELETING") throw tableNotFound(name);
  if (status === "UPDATING")
    throw resourceInUse(
      `Attempt to change a resource which is still in use: Table is being updated: ${name}`,
    );
}

/** For the policy engine: the ARN of the table that an input means, there or not. */
export function tableResource(
  _state: unknown,
  input: { readonly TableName: string },
  call: Call,
): readonly string[] {
  return [tableArn(addressOf(input.TableName, call))];
}

/** For the policy engine: the table, or its index where one is read. */
export function indexResource(
  _state: unknown,
  input: { readonly TableName: string; readonly IndexName?: string | undefined },
  call: Call,
): readonly string[] {
  const arn = tableArn(addressOf(input.TableName, call));
  return [input.IndexName === undefined ? arn : `${arn}/index/${input.IndexName}`];
}

/** For the policy engine: a tagged or policed resource. */
export function arnResource(_state: unknown, input: { readonly ResourceArn: string }): readonly string[] {
  return [input.ResourceArn];
}

/** For the policy engine: an action that has no resource of its own. */
export function noResource(): readonly string[] {
  return ["*"];
}

function fail(error: Error): never {
  throw error;
}
