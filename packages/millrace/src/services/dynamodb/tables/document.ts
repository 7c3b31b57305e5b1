import type { ScalarType } from "../values/attribute-value.ts";

export type TableStatus = "CREATING" | "ACTIVE" | "UPDATING" | "DELETING";
export type BillingMode = "PROVISIONED" | "PAY_PER_REQUEST";

export interface KeyNames {
  readonly hash: string;
  readonly range?: string;
}

export interface Throughput {
  readonly read: number;
  readonly write: number;
  readonly increasedMs?: number;
  readonly decreasedMs?: number;
}

export interface OnDemandLimits {
  readonly read?: number;
  readonly write?: number;
}

export interface IndexProjection {
  readonly type: "ALL" | "KEYS_ONLY" | "INCLUDE";
  readonly attributes?: readonly string[];
}

export interface IndexDocument {
  /** Never used again, so an index made anew under an old name never meets old entries. */
  readonly id: string;
  readonly name: string;
  readonly isGlobal: boolean;
  readonly keys: KeyNames;
  readonly projection: IndexProjection;
  readonly status: TableStatus;
  readonly throughput?: Throughput;
  readonly onDemand?: OnDemandLimits;
}

export interface TimeToLive {
  readonly attribute: string;
  /** Of the index that keeps the items by the time when they expire. */
  readonly indexId: string;
  readonly status: "ENABLING" | "ENABLED" | "DISABLING";
}

/** All that is kept of a table, but its items. */
export interface TableDocument {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** A UUID; never used again. */
  readonly id: string;
  readonly createdMs: number;
  readonly status: TableStatus;
  readonly attributes: Readonly<Record<string, ScalarType>>;
  readonly keys: KeyNames;
  readonly indexes: readonly IndexDocument[];
  readonly billing: BillingMode;
  /** When the table was last set to on-demand. */
  readonly onDemandSinceMs?: number;
  readonly throughput: Throughput;
  readonly onDemand?: OnDemandLimits;
  readonly tableClass?: string;
  readonly isProtected: boolean;
  readonly timeToLive?: TimeToLive;
  /** Point-in-time recovery as it was asked for; nothing is ever restored from it. */
  readonly recovery?: { readonly sinceMs: number; readonly days: number };
  readonly tags: Readonly<Record<string, string>>;
  readonly policy?: { readonly text: string; readonly revision: string };
}
