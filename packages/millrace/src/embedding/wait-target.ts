/** What can be waited for. What is not there yet is waited for as well. */
export type WaitTarget =
  | { readonly stream: string; readonly status?: "ACTIVE" | "CREATING" | "DELETING" | "UPDATING" }
  | { readonly deliveryStream: string; readonly status?: "ACTIVE" | "CREATING" | "DELETING" }
  /** The bucket itself, or an object in it, or a number of objects below a prefix. */
  | {
      readonly bucket: string;
      readonly key?: string;
      readonly prefix?: string;
      readonly objects?: number;
    }
  /** A table of the Glue catalog with `database`, else one of DynamoDB. */
  | { readonly table: string; readonly database?: string }
  /** An application of Managed Flink. Default: RUNNING. */
  | { readonly application: string; readonly status?: "RUNNING" | "READY" }
  /** A crawler that has nothing to do, and whose last crawl succeeded. */
  | { readonly crawler: string }
  /** A cluster of Redshift. Default: available. */
  | { readonly cluster: string; readonly status?: string };

export interface WaitOptions {
  /** Default: 30,000. */
  readonly timeoutMs?: number;
  readonly region?: string;
  readonly account?: string;
  readonly signal?: AbortSignal;
}

/** What was waited for did not come, or cannot come any more. */
export class WaitError extends Error {
  override readonly name = "WaitError";
}
