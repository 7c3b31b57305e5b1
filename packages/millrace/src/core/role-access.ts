import type { ContextEntries } from "./policy/request-context.ts";

/** Something that a service of Millrace is about to do in the name of a role. */
export interface RoleUse {
  readonly roleArn: string;
  /** The role that assumes it, where roles are chained; the service does otherwise. */
  readonly assumedBy?: string | undefined;
  /** The service that acts, as trust policies name it: `firehose.amazonaws.com`. */
  readonly service: string;
  /** The resource that the service acts for: `aws:SourceArn`. */
  readonly sourceArn: string;
  /** `s3:PutObject` */
  readonly action: string;
  readonly resources: readonly string[];
  /** Condition keys of the action. */
  readonly context?: ContextEntries;
}

/** `assume`: there is no such role, or it does not trust the service. `action`: its policies say no. */
export interface RoleRefusal {
  readonly kind: "assume" | "action";
  readonly message: string;
}

/**
 * What services may do in the name of roles. In a Millrace that trusts its callers that is everything.
 * Answers come from memory: they may be asked for each delivery.
 */
export interface RoleAccess {
  /** Undefined when the service, or the role before it, may assume the role. */
  assuming(use: Pick<RoleUse, "roleArn" | "service" | "sourceArn" | "assumedBy">): RoleRefusal | undefined;
  /** Undefined when the role may be assumed, and may do this. */
  refusal(use: RoleUse): RoleRefusal | undefined;
}

/** For a Millrace that trusts its callers. */
export const everyRole: RoleAccess = Object.freeze({
  assuming: (): undefined => undefined,
  refusal: (): undefined => undefined,
});
