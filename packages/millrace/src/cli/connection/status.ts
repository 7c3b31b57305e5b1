import type { AdminClient } from "./admin-client.ts";

/** What `GET /_millrace/status` answers, as far as commands use it. Some of it only to those of its own account. */
export interface MillraceStatus {
  readonly version: string;
  readonly uptimeMs: number;
  readonly auth: "trust" | "verify";
  readonly account: string;
  readonly caller: { readonly account: string; readonly region: string; readonly principal: string };
  readonly endpoints: {
    readonly http: string;
    readonly sql?: { readonly host: string; readonly port: number };
  };
  readonly console: string;
  readonly services: Readonly<Record<string, "running" | "available">>;
  readonly durability: string;
  readonly node?: string;
  readonly pid?: number;
  readonly data?: {
    readonly path?: string;
    readonly isKept: boolean;
    readonly usedBytes?: number;
    readonly freeBytes?: number;
  };
  readonly memory?: { readonly rssBytes: number };
}

export function readStatus(client: AdminClient, signal?: AbortSignal): Promise<MillraceStatus> {
  return client.get<MillraceStatus>("status", { signal });
}
