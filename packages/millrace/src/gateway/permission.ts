import type { ServiceError } from "../core/errors.ts";
import type { ContextEntries } from "../core/policy/request-context.ts";

/** One thing that a caller must be allowed to do for an operation to run. */
export interface Permission {
  /** `s3:GetObject` */
  readonly action: string;
  /** The ARNs; `["*"]` when the action has no resource. */
  readonly resources: readonly string[];
  /** Condition keys of this action, such as `s3:prefix`, beside those that every call has. */
  readonly context?: ContextEntries;
  /** The owner of the resources where their ARNs do not say it, as S3's do not. */
  readonly resourceAccount?: string;
  /** The error for a refusal, where the service does not call it `AccessDenied`. */
  readonly refusal?: (message: string) => ServiceError;
}
