import { parseArn } from "../../../core/arn.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Owner } from "../document-table.ts";
import { entityNotFound, invalidInput } from "../errors.ts";
import type { GlueState } from "../state.ts";

/** A resource that can carry tags. */
export interface TaggedResource extends Owner {
  readonly arn: string;
  /** `database/shop`. */
  readonly resource: string;
}

type Exists = (state: GlueState, owner: Owner, name: string) => boolean;

/**
 * Whether a resource is there, by its kind in ARNs. Tables and functions carry no tags in AWS: see
 * https://docs.aws.amazon.com/glue/latest/dg/monitor-tags.html.
 */
const kinds: Readonly<Record<string, Exists>> = {
  catalog: (state, owner, name) => state.catalogs.table.get(owner, name) !== undefined,
  connection: (state, owner, name) => state.connections.table.get(owner, name) !== undefined,
  crawler: (state, owner, name) => state.crawlers.find(owner, name) !== undefined,
  database: (state, { account, region }, name) => {
    const [, nested, database = name] = /^([^/]+)\/(.+)$/s.exec(name) ?? [];
    const catalogId = nested === undefined ? account : `${account}:${nested}`;
    return state.catalog.databases.find({ catalogId, region }, database) !== undefined;
  },
};

/** @throws ServiceError when the ARN is none of the caller's, or of something that is not there or takes no tags */
export function taggedResource(state: GlueState, arn: string, call: Call): TaggedResource {
  const parsed = parseArn(arn);
  if (parsed?.service !== "glue" || parsed.region !== call.region || !/^\d{12}$/.test(parsed.account))
    throw invalidInput(`The resource ${arn} is not an ARN of Glue in this region.`);
  const { account, region, resource } = parsed;
  if (resource === "catalog") throw invalidInput("Tag operations not supported on root catalog");
  const [, kind = "", name = ""] = /^([^/]*)\/(.*)$/s.exec(resource) ?? [];
  const exists = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (exists === undefined) throw invalidInput(`Tagging is not supported for the resource ${arn}.`);
  if (!exists(state, { account, region }, name)) throw entityNotFound(`Entity not found: ${arn}`);
  return { account, region, arn, resource };
}
