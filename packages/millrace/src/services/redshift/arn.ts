import { formatArn, parseArn, partitionOf } from "../../core/arn.ts";
import type { Owner } from "./document.ts";

export type ResourceKind = "cluster" | "parametergroup" | "securitygroup" | "subnetgroup";

const kinds: readonly string[] = ["cluster", "parametergroup", "securitygroup", "subnetgroup"];

/** `arn:aws:redshift:us-east-1:000000000000:cluster:sales` */
export function redshiftArn({ account, region }: Owner, resource: string): string {
  return formatArn({ partition: partitionOf(region), service: "redshift", region, account, resource });
}

export function resourceArn(owner: Owner, kind: ResourceKind, name: string): string {
  return redshiftArn(owner, `${kind}:${name}`);
}

/** Undefined when the text names no resource of a kind that Millrace has, or another account's or region's. */
export function parseResourceArn(
  owner: Owner,
  text: string,
): { readonly kind: ResourceKind; readonly name: string } | undefined {
  const arn = parseArn(text);
  if (arn?.service !== "redshift" || arn.account !== owner.account || arn.region !== owner.region)
    return undefined;
  const [kind = "", name = "", ...rest] = arn.resource.split(":");
  return kinds.includes(kind) && name !== "" && rest.length === 0
    ? { kind: kind as ResourceKind, name }
    : undefined;
}
