import { parseArn } from "../../core/arn.ts";
import type { Call } from "../../gateway/call.ts";
import type { OperationEntry, Permission } from "../../gateway/service.ts";
import { catalogArn, connectionArn } from "./arn.ts";
import { ownerOf } from "./catalog-arns.ts";
import { catalogNameOf } from "./catalogs/catalogs.ts";
import type { InCatalog } from "./lookup.ts";
import type { GlueState } from "./state.ts";

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
  database: "glue:GetDatabase",
};

interface InArn {
  readonly ResourceArn: string;
}

/** What a call on the tags of a resource needs. */
export const onTaggedResource: Required<Pick<OperationEntry<GlueState, InArn>, "permissions" | "resources">> =
  {
    resources: (_state, input) => [input.ResourceArn],
    permissions: (_state, { ResourceArn }, call): readonly Permission[] => {
      const own: Permission = { action: `glue:${call.operation}`, resources: [ResourceArn] };
      const arn = parseArn(ResourceArn);
      const action = readActions[arn?.resource.split("/", 1)[0] ?? ""];
      if (arn === undefined || action === undefined) return [own];
      return [own, { action, resources: [catalogArn(arn), ResourceArn] }];
    },
  };
