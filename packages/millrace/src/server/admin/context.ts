import type { Clock } from "../../core/clock.ts";
import type { RequestLog } from "../../gateway/request-log.ts";
import type { Access } from "../access.ts";
import type { InitScripts } from "../init/init-scripts.ts";
import type { LogLines } from "../log.ts";
import type { ServiceContext } from "../service-context.ts";
import type { ServiceTable } from "../service-table.ts";
import type { Snapshots } from "../snapshot/snapshots.ts";

/** What routes of the admin API may be built from. */
export interface AdminContext extends ServiceContext {
  readonly version: string;
  readonly startedMs: number;
  readonly services: ServiceTable;
  readonly access: Pick<Access, "gate" | "addRoot">;
  /** Empties the services of these ids, or all of them and what they stand on. */
  readonly reset: (services?: readonly string[]) => Promise<void>;
  readonly logLines: LogLines;
  readonly initScripts: InitScripts;
  readonly snapshots: Snapshots;
  readonly requests: RequestLog;
  /** Of the time that somebody waits for an answer, whatever time it is for services. */
  readonly networkClock: Clock;
}
