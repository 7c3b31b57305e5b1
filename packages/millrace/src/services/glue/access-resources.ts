import { parseArn } from "../../core/arn.ts";
import type { Call } from "../../gateway/call.ts";
import type { OperationEntry, Permission } from "../../gateway/service.ts";
import { actionOf } from "./access-actions.ts";
import { catalogArn, connectionArn, functionArn } from "./arn.ts";
import { onDatabase, onTables, ownerOf } from "./catalog-arns.ts";
import { catalogNameOf } from "./catalogs/catalogs.ts";
import { folded, type InCatalog } from "./lookup.ts";
import type { GlueState } from "./state.ts";

/** What a call needs where that is not the one action that is called like the operation. */
type Authorization<Input> = Readonly<
  Required<Pick<OperationEntry<GlueState, Input>, "permissions" | "resources">>
>;

/** The ARNs of a call on connections: the catalog is a resource of it, too. */
export function onConnections(names: readonly string[], input: InCatalog, call: Call): readonly string[] {
  const owner = ownerOf(input, call);
  return [catalogArn(owner), ...names.map((name) => connectionArn(owner, name))];
}

/** The ARN of a catalog by its name; "" is the default one. */
export function onNamedCatalog(name: string, call: Call): readonly string[] {
  return name === "" ? [catalogArn(call)] : [catalogArn(call), catalogArn(call, name)];
}

/** The ARNs of a call whose CatalogId may name any catalog. */
export const onCatalogById = {
  resources: (_state: GlueState, input: InCatalog, call: Call): readonly string[] => {
    const { name, ...owner } = catalogNameOf(input.CatalogId, call);
    return name === "" ? [catalogArn(owner)] : [catalogArn(owner), catalogArn(owner, name)];
  },
} as const;

/** Actions that tagging needs beside its own, by the kind of the resource: see TagResource in AWS's reference. */
const readActions: Readonly<Record<string, string>> = {
  connection: "glue:GetConnection",
  crawler: "glue:GetCrawler",
  database: "glue:GetDatabase",
};

interface InArn {
  readonly ResourceArn: string;
}

/** What a call on the tags of a resource needs. */
export const onTaggedResource: Authorization<InArn> = {
  resources: (_state, input) => [input.ResourceArn],
  permissions: (_state, { ResourceArn }, call): readonly Permission[] => {
    const own: Permission = { action: `glue:${call.operation}`, resources: [ResourceArn] };
    const arn = parseArn(ResourceArn);
    const action = readActions[arn?.resource.split("/", 1)[0] ?? ""];
    if (arn === undefined || action === undefined) return [own];
    return [own, { action, resources: [catalogArn(arn), ResourceArn] }];
  },
};

interface InTable extends InCatalog {
  readonly DatabaseName: string;
  readonly TableName: string;
}

/** What a call on statistics needs: an action of the table or partition that they are about. */
export const onStatistics: Authorization<InTable> = {
  resources: (_state, input, call) => onTables(input.DatabaseName, [input.TableName], input, call),
  permissions: (_state, input, call): readonly Permission[] => {
    const resources = onTables(input.DatabaseName, [input.TableName], input, call);
    return [{ action: actionOf(call.operation), resources }];
  },
};

/** The ARNs of a call on functions: the catalog and the database are resources of it, too. */
export function onFunctions(
  database: string,
  names: readonly string[],
  input: InCatalog,
  call: Call,
): readonly string[] {
  const owner = ownerOf(input, call);
  const { name: nested } = catalogNameOf(input.CatalogId, call);
  const placed = nested === "" ? folded(database) : `${nested}/${folded(database)}`;
  return [...onDatabase(database, input, call), ...names.map((name) => functionArn(owner, placed, name))];
}
