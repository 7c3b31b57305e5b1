import { parseResourceArn, type ResourceKind, resourceArn } from "./arn.ts";
import type { Named, Owner, Tags } from "./document.ts";
import type { DocumentTable, Edit } from "./document-table.ts";
import { invalidTag, resourceNotFound } from "./errors.ts";
import { findSecurityGroup } from "./lookup.ts";
import type { Resources } from "./resources.ts";

/** Something with tags, whatever it is. */
export interface TaggedResource {
  readonly arn: string;
  /** As DescribeTags calls it. */
  readonly type: string;
  readonly tags: Tags;
  put(tags: Tags): Edit;
}

const types: Readonly<Record<ResourceKind, string>> = {
  cluster: "cluster",
  parametergroup: "parameter group",
  securitygroup: "cluster security group",
  subnetgroup: "subnet group",
};

/** @throws ServiceError ResourceNotFoundFault, InvalidTagFault for what cannot be tagged */
export function findTagged(state: Resources, owner: Owner, arn: string): TaggedResource {
  const parsed = parseResourceArn(owner, arn);
  if (parsed === undefined) throw resourceNotFound(arn);
  const { kind, name } = parsed;
  if (kind === "parametergroup" && name.startsWith("default."))
    throw invalidTag("The default parameter groups cannot be tagged.");
  const isDefault = kind === "securitygroup" && name === "default";
  const found = isDefault
    ? taggedOf(kind, state.securityGroups, findSecurityGroup(state, owner, name))
    : allOf(state, owner, kind).find((resource) => resource.arn === arn);
  if (found === undefined) throw resourceNotFound(arn);
  return found;
}

/** All that could have tags, by type and name. */
export function allTagged(state: Resources, owner: Owner): readonly TaggedResource[] {
  return (Object.keys(types) as ResourceKind[]).flatMap((kind) => allOf(state, owner, kind));
}

/** Undefined when there is no such type, in whatever spelling: `Cluster`, `Parameter group`. */
export function resourceTypeNamed(text: string): string | undefined {
  const plain = (name: string): string => name.toLowerCase().replaceAll(/[ -]/g, "");
  return Object.values(types).find((type) => plain(type) === plain(text));
}

function allOf(state: Resources, owner: Owner, kind: ResourceKind): TaggedResource[] {
  const of = <Document extends Named>(table: DocumentTable<Document>): TaggedResource[] =>
    table.list(owner).map((document) => taggedOf(kind, table, document));
  switch (kind) {
    case "cluster":
      return of(state.clusters);
    case "parametergroup":
      return of(state.parameterGroups);
    case "securitygroup":
      return of(state.securityGroups);
    case "subnetgroup":
      return of(state.subnetGroups);
  }
}

function taggedOf<Document extends Named>(
  kind: ResourceKind,
  table: DocumentTable<Document>,
  document: Document,
): TaggedResource {
  return {
    arn: resourceArn(document, kind, document.name),
    type: types[kind],
    tags: document.tags,
    put: (tags) => table.put({ ...document, tags }),
  };
}
