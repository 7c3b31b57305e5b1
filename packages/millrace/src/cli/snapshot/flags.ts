import type { ConnectionFlags } from "../connection/connection.ts";

export interface SnapshotFlags extends ConnectionFlags {
  readonly offline?: boolean;
  readonly masterKey?: string;
}

export interface LoadFlags extends SnapshotFlags {
  readonly yes?: boolean;
}
