import type { SystemTable } from "../system-table.ts";
import { pgNamespace } from "./pg-namespace.ts";

/** Every system table that there is; any other name is 42P01. */
export const allSystemTables: readonly SystemTable[] = Object.freeze([pgNamespace]);
