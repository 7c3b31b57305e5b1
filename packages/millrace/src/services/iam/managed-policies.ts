import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** A policy that AWS keeps, as far as Millrace knows it: its default version. */
export interface AwsManagedPolicy {
  readonly name: string;
  readonly path: string;
  /** The default version, such as `v3`; earlier ones are not known. */
  readonly version: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly document: string;
}

const file = new URL("./facts/managed-policies.json", import.meta.url);

/**
 * AWS's own policies for the services here and around them. The file is read when the first of them is
 * asked for.
 */
export class ManagedPolicies {
  #byArn: ReadonlyMap<string, AwsManagedPolicy> | undefined;

  get(arn: string): AwsManagedPolicy | undefined {
    return isAwsManaged(arn) ? this.#all().get(arn) : undefined;
  }

  /** ARNs and policies, sorted by name. */
  all(): Iterable<readonly [string, AwsManagedPolicy]> {
    return this.#all();
  }

  #all(): ReadonlyMap<string, AwsManagedPolicy> {
    this.#byArn ??= new Map(
      (JSON.parse(readFileSync(file, "utf8")) as AwsManagedPolicy[]).map((policy) => [
        `arn:aws:iam::aws:policy${policy.path}${policy.name}`,
        policy,
      ]),
    );
    return this.#byArn;
  }
}

export function isAwsManaged(arn: string): boolean {
  return arn.startsWith("arn:aws:iam::aws:policy/");
}

/** Not AWS's id, which is not published, but always the same. */
export function awsManagedId(name: string): string {
  const digest = createHash("sha256").update(name).digest();
  return `ANPA${[...digest.subarray(0, 17)].map((byte) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[byte & 31]).join("")}`;
}
