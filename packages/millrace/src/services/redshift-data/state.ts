import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { SqlFile } from "../../core/sql-file.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import type { WarehousePort } from "../../kernels/warehouse/warehouse-port.ts";
import { ClientTokens } from "./client-tokens.ts";
import { isFinal } from "./document.ts";
import { ResultFiles } from "./result-files.ts";
import { StatementRunner } from "./runner.ts";
import { SessionTable } from "./session-table.ts";
import { skipRest } from "./statement-run.ts";
import { StatementTable } from "./statement-table.ts";
import { Sweep } from "./sweep.ts";

export interface RedshiftDataDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly tokens: PageTokens;
  readonly warehouse: WarehousePort;
  readonly file: SqlFile;
  /** For results; its own. */
  readonly directory: string;
}

/** All that the operations of the Redshift Data API work on. */
export class RedshiftDataState {
  readonly clock: Clock;
  readonly tokens: PageTokens;
  readonly warehouse: WarehousePort;
  readonly statements: StatementTable;
  readonly sessions: SessionTable;
  readonly results: ResultFiles;
  readonly runner: StatementRunner;
  readonly clientTokens: ClientTokens;
  readonly sweep: Sweep;

  constructor(dependencies: RedshiftDataDependencies) {
    const { clock, log, tokens, warehouse, file, directory } = dependencies;
    this.clock = clock;
    this.tokens = tokens;
    this.warehouse = warehouse;
    this.statements = new StatementTable(file);
    this.sessions = new SessionTable(file, clock, log);
    this.results = new ResultFiles(directory);
    const { statements, sessions, results } = this;
    this.runner = new StatementRunner({ clock, log, warehouse, statements, sessions, results });
    this.clientTokens = new ClientTokens(statements, clock);
    this.sweep = new Sweep({ clock, log, statements, sessions, results });
  }

  async load(): Promise<void> {
    await this.sessions.load();
    for (const document of this.statements.unfinished()) {
      const nowMs = this.clock.now();
      document.status = "FAILED";
      document.error = "Millrace was stopped while the statement ran; whether it took effect is not known.";
      document.updatedAtMs = nowMs;
      const at = document.parts.findIndex(({ status }) => !isFinal(status));
      const part = document.parts[Math.max(0, at)];
      if (part !== undefined) Object.assign(part, { status: "FAILED", error: document.error });
      if (at >= 0) skipRest(document.parts, at + 1, nowMs);
      await this.statements.update(document);
    }
    await this.results.removeUnknown((id) => this.statements.has(id));
    await this.sweep.run();
  }

  async reset(): Promise<void> {
    await this.runner.stop("Millrace was reset.");
    await this.sessions.closeAll();
    await this.statements.reset();
    await this.sessions.reset();
    await this.results.reset();
  }

  async close(): Promise<void> {
    await this.runner.stop("Millrace was stopped.");
    await this.sessions.closeAll();
    await this.sweep.close();
  }
}
