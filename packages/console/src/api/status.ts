/** What `GET /_millrace/status` answers. */
export interface Status {
  readonly version: string;
  readonly node: string;
  readonly pid: number;
  readonly startedAt: number;
  readonly uptimeMs: number;
  readonly auth: "trust" | "verify";
  /** The account of callers whose key names none. */
  readonly account: string;
  readonly durability: string;
  readonly data: {
    readonly path: string;
    readonly isKept: boolean;
    readonly usedBytes: number;
    readonly freeBytes: number;
  };
  readonly memory: { readonly rssBytes: number };
  readonly endpoints: {
    readonly http: string;
    readonly sql?: { readonly host: string; readonly port: number };
  };
  readonly services: Readonly<Record<string, "running" | "available">>;
}
