import type { Clock } from "../../core/clock.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import { ApplicationTable } from "./applications/application-table.ts";
import type { KinesisAnalyticsV2Dependencies } from "./dependencies.ts";
import { ApplicationLogs } from "./running/application-logs.ts";
import { JobHost } from "./running/job-host.ts";
import { Lifecycle } from "./running/lifecycle.ts";
import { JobObserver } from "./running/observer.ts";
import { scaleApplication } from "./running/scale-application.ts";
import { Snapshots } from "./running/snapshots.ts";
import { Studio } from "./studio/studio.ts";

/** All that the operations of Managed Service for Apache Flink work on. */
export class KinesisAnalyticsV2State {
  readonly dependencies: KinesisAnalyticsV2Dependencies;
  readonly clock: Clock;
  readonly tokens: PageTokens;
  readonly applications: ApplicationTable;
  readonly logs: ApplicationLogs;
  readonly jobs: JobHost;
  readonly lifecycle: Lifecycle;
  readonly snapshots: Snapshots;
  readonly observer: JobObserver;
  readonly studio: Studio;

  constructor(dependencies: KinesisAnalyticsV2Dependencies) {
    const { clock, log, tokens, file, metrics, settings } = dependencies;
    this.dependencies = dependencies;
    this.clock = clock;
    this.tokens = tokens;
    this.applications = new ApplicationTable(file);
    this.logs = new ApplicationLogs(dependencies);
    const table = this.applications;
    const { logs } = this;
    this.jobs = new JobHost(dependencies, table, logs, (application, error) =>
      this.lifecycle.jobEnded(application, error),
    );
    const { jobs } = this;
    this.lifecycle = new Lifecycle({ clock, log, table, jobs, logs });
    this.snapshots = new Snapshots({ table, jobs, logs, lifecycle: this.lifecycle });
    this.observer = new JobObserver({
      ...{ clock, table, jobs, metrics, maxWorkers: settings.maxWorkers },
      scale: (application, parallelism) => scaleApplication(this, application, parallelism),
    });
    this.studio = new Studio({ clock, log, file, jobs });
  }

  /** Applications that ran go on, and what was changing comes to its end. */
  load(): void {
    this.applications.load();
    this.studio.load();
    this.lifecycle.resume();
    this.snapshots.resume();
    for (const { status } of this.applications.all()) if (status !== "READY") this.observer.start();
  }

  async reset(): Promise<void> {
    await this.studio.reset();
    await this.lifecycle.idle();
    for (const application of this.applications.all()) {
      await this.jobs.stop(application, undefined);
      await this.jobs.forget(application);
      this.logs.forget(application);
    }
    await this.applications.reset();
  }

  /** Jobs are left to the engine, which ends with its platform part and keeps their checkpoints. */
  async close(): Promise<void> {
    this.observer.close();
    await this.studio.close();
    await this.lifecycle.close();
    await this.logs.settled();
  }
}
