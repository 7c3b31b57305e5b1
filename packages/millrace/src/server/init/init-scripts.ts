import { existsSync } from "node:fs";
import type { Clock } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import { runScript } from "./run-script.ts";
import type { ScriptEnvironment } from "./script-environment.ts";
import { type Script, type Stage, scriptsOf, stages } from "./stage.ts";

/** Where LocalStack's containers have their scripts mounted. */
const usualDirectory = "/etc/localstack/init";
/** A script that takes longer is ended: a service that is started belongs into the background. */
const maxScriptMs = 10 * 60_000;

export interface InitScriptsOptions {
  /** The directory that was asked for. */
  readonly directory: string | undefined;
  readonly log: Logger;
  readonly clock: Clock;
  /** What scripts find in their environment: where Millrace is, and who they are to it. */
  readonly environment: () => ScriptEnvironment;
}

/** Scripts that fill a Millrace when it starts and look after it when it ends, as LocalStack runs them. */
export class InitScripts {
  readonly #options: InitScriptsOptions;
  readonly #scripts: ReadonlyMap<Stage, readonly Script[]>;
  readonly #completed = new Set<Stage>();

  constructor(options: InitScriptsOptions) {
    this.#options = options;
    const directory = options.directory ?? (existsSync(usualDirectory) ? usualDirectory : undefined);
    this.#scripts = new Map(
      stages.map((stage) => [stage, directory === undefined ? [] : scriptsOf(directory, stage)]),
    );
  }

  /** Runs the scripts of a stage, one after the other. One that fails is logged; the others run all the same. */
  async run(stage: Stage): Promise<void> {
    for (const script of this.scripts(stage)) await this.#run(script);
    this.#completed.add(stage);
  }

  isCompleted(stage: Stage): boolean {
    return this.#completed.has(stage);
  }

  scripts(stage: Stage): readonly Script[] {
    return this.#scripts.get(stage) ?? [];
  }

  async #run(script: Script): Promise<void> {
    const { log, clock, environment } = this.#options;
    const about = { stage: script.stage, script: script.path };
    script.state = "RUNNING";
    try {
      const { exitCode, output } = await runScript(script.path, {
        ...{ clock, maxMs: maxScriptMs, environment: environment() },
      });
      script.state = exitCode === 0 ? "SUCCESSFUL" : "ERROR";
      if (exitCode === 0) log.info({ ...about, output }, "an init script has run");
      else
        log.error(
          { ...about, exitCode, output },
          `the init script ${script.name} failed: exit code ${exitCode}`,
        );
    } catch (error) {
      script.state = "ERROR";
      log.error({ ...about, err: error }, `the init script ${script.name} did not run: ${messageOf(error)}`);
    }
  }
}
