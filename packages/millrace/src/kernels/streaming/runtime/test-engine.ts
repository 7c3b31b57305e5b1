import { ManualClock } from "../../../core/clock.ts";
import { MemoryFiles } from "../checkpoint/test-memory-files.ts";
import { createStreamingEngine } from "../engine.ts";
import type { Job, JobOptions, ProgramText, StreamingEngine } from "../engine-port.ts";
import { LocalHost } from "./test-local-host.ts";
import { CrashPoint, World } from "./test-world.ts";

/** An engine on files in memory, with subtasks in this thread and a clock that is moved by hand. */
export class TestEngine {
  readonly clock: ManualClock = new ManualClock();
  readonly files: MemoryFiles = new MemoryFiles();
  readonly world: World = new World();
  readonly logs: string[] = [];
  ends: (Error | undefined)[] = [];
  /** Throws to fail an operation on a file. */
  beforeFile: (operation: string, path: string) => void = () => undefined;
  engine: StreamingEngine;
  point: CrashPoint = new CrashPoint();
  options: Partial<JobOptions> = {};
  /** What happens in the world as time passes, whatever becomes of the process. */
  outside: () => void = () => undefined;

  constructor() {
    this.engine = this.#newEngine();
  }

  program(text: string): ProgramText {
    const context = { account: "0", region: "r", roleArn: undefined, sourceArn: "arn" };
    return { text, dialect: "flink", context };
  }

  jobOptions(): JobOptions {
    return {
      parallelism: 1,
      checkpointIntervalMs: 1000,
      minPauseMs: 0,
      maxStateBytes: 1e9,
      events: {
        log: (level, message) => this.logs.push(`${level}: ${message}`),
        ended: (error) => this.ends.push(error),
      },
      ...this.options,
    };
  }

  start(text: string, restoreFrom?: string, allowNonRestoredState = false): Promise<Job> {
    const [key, options] = ["job", this.jobOptions()];
    return this.engine.start({
      key,
      program: this.program(text),
      options,
      restoreFrom,
      allowNonRestoredState,
    });
  }

  resume(text: string): Promise<Job> {
    return this.engine.resume("job", this.program(text), this.jobOptions());
  }

  /** The process ends here or is dead already; another one begins, on what was durable. */
  restart(random: () => number, crashAt?: number): void {
    this.point.isDead = true;
    this.files.crash(random);
    this.point = new CrashPoint(crashAt);
    this.world.restart();
    this.engine = this.#newEngine();
  }

  crashAt(step: number): void {
    this.point = new CrashPoint(step);
    this.engine = this.#newEngine();
  }

  /** Lets everything run that can, without time passing. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 40; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Lets everything run that can, and time pass, until the condition holds. */
  async until(isDone: () => boolean): Promise<boolean> {
    for (let turn = 0; turn < 1000; turn += 1) {
      for (let at = 0; at < 4; at += 1) {
        if (isDone()) return true;
        await new Promise((resolve) => setImmediate(resolve));
      }
      this.outside();
      this.clock.advance(50);
    }
    return isDone();
  }

  #newEngine(): StreamingEngine {
    const { point, files: disk, world, clock } = this;
    const files = disk.process((operation, path) => {
      point.step(`${operation} ${path}`);
      this.beforeFile(operation, path);
    });
    const host = new LocalHost({ files, step: (what) => point.step(what) });
    return createStreamingEngine({
      directory: "/jobs",
      clock: new DyingClock(clock, point),
      connectors: world.connectors(point),
      files,
      host,
      minRoundMs: 0,
    });
  }
}

/** Timers of a process that has ended do nothing. */
class DyingClock extends ManualClock {
  readonly #clock: ManualClock;
  readonly #point: CrashPoint;

  constructor(clock: ManualClock, point: CrashPoint) {
    super();
    this.#clock = clock;
    this.#point = point;
  }

  override now(): number {
    return this.#clock.now();
  }

  override after(delayMs: number, run: () => void): ReturnType<ManualClock["after"]> {
    return this.#clock.after(delayMs, () => {
      if (!this.#point.isDead) run();
    });
  }
}
