import type { Clock } from "../../../core/clock.ts";
import type { JobDirectory } from "../checkpoint/job-directory.ts";
import type { JobFiles } from "../checkpoint/job-files.ts";
import type { Connector, ConnectorContext, SourceLimits } from "../connector-port.ts";
import type { JobOptions } from "../engine-port.ts";
import type { JobPlan } from "./job-plan.ts";
import type { SubtaskHost } from "./subtask-port.ts";

/** What jobs are run with. */
export interface JobParts {
  readonly clock: Clock;
  readonly files: JobFiles;
  readonly host: SubtaskHost;
  readonly connectors: ReadonlyMap<string, Connector>;
  /** For one subtask. */
  readonly roundLimits: SourceLimits;
  readonly minRoundMs: number;
}

export interface JobSetup {
  readonly key: string;
  readonly job: JobPlan;
  readonly directory: JobDirectory;
  readonly identity: Omit<ConnectorContext, "startedMs" | "signal" | "log">;
  readonly options: JobOptions;
}
