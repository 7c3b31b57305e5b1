import { expect, test } from "vitest";
import { seededRandom } from "../log/log-fixture.ts";
import type { DeliveryPipeline } from "./pipeline.ts";
import type { PipelinePlan } from "./plan.ts";
import { DeliveryFixture, KeepingSink, ListEncoder } from "./test-delivery.ts";
import { expectedOf, flavors, idOf, randomPlan } from "./test-random-plan.ts";

interface TrialOptions {
  readonly isPartitioned: boolean;
  readonly isStaged: boolean;
}

const limits = {
  maxReadBytes: 500,
  maxClosedBytes: 3000,
  maxClosedBuffers: 6,
  maxPartitionsAhead: 4,
  maxInFlight: 2,
  trimStepBytes: 2000,
  idleTrimBytes: 200,
  maxStagedBytes: 300,
  maxStagedBacklogBytes: 3000,
};

/** Records go in, destinations fail, the process dies: in the end each record is there once. */
class Trial {
  readonly #fixture: DeliveryFixture;
  readonly #random: () => number;
  readonly #options: TrialOptions;
  readonly #backup = new KeepingSink();
  readonly #acknowledged: string[] = [];
  /** Appends whose outcome nobody heard of. */
  readonly #unknown = new Set<string>();
  #plan: PipelinePlan;
  #pipeline: DeliveryPipeline;
  #number = 0;
  #crashing: Promise<void> | undefined;
  #failing = 0;
  #lives = 0;
  #isReopening = false;

  private constructor(
    fixture: DeliveryFixture,
    seed: number,
    options: TrialOptions,
    pipeline: DeliveryPipeline,
  ) {
    this.#fixture = fixture;
    this.#random = seededRandom(seed);
    this.#options = options;
    this.#plan = this.#newPlan();
    this.#pipeline = pipeline;
    for (const sink of [fixture.sink, fixture.errors, this.#backup]) {
      sink.refuse = () => {
        if (this.#failing <= 0) return undefined;
        this.#failing -= 1;
        return { retry: { errorCode: "S3.InternalError", errorMessage: "try again" } };
      };
      sink.onKept = () => {
        if (this.pick(25) === 0) this.crash();
      };
    }
  }

  static async start(fixture: DeliveryFixture, seed: number, options: TrialOptions): Promise<Trial> {
    const pipeline = await fixture.open(fixture.plan(), limits);
    const trial = new Trial(fixture, seed, options, pipeline);
    await pipeline.update(trial.#plan);
    return trial;
  }

  pick(bound: number): number {
    return Math.floor(this.#random() * bound);
  }

  #newPlan(): PipelinePlan {
    const { sink, errors } = this.#fixture;
    const { isPartitioned, isStaged } = this.#options;
    const hints = { maxBytes: 100 + this.pick(2000), maxAgeMs: this.pick(4) * 2000 };
    return {
      consumers: [
        randomPlan({ sink, errors, isPartitioned, isStaged: isStaged && this.pick(4) > 0, ...hints }),
        this.#fixture.consumer({
          name: "backup",
          sink: this.#backup,
          hints,
          encoder: () => new ListEncoder(false),
        }),
      ],
    };
  }

  async append(): Promise<void> {
    const texts = Array.from({ length: 1 + this.pick(12) }, () => {
      const flavor = flavors[this.pick(flavors.length)];
      return `${flavor}/${this.pick(8)}/${this.#number++}/${"x".repeat(this.pick(60))}`;
    });
    const life = this.#lives;
    const isAcknowledged = await this.#pipeline.append(texts.map((text) => Buffer.from(text))).then(
      () => true,
      () => false,
    );
    // Nobody hears an answer that comes after the crash.
    if (isAcknowledged && life === this.#lives) this.#acknowledged.push(...texts);
    else for (const text of texts) this.#unknown.add(text);
  }

  fail(): void {
    this.#failing = 1 + this.pick(6);
  }

  /** The process dies now: what its destinations are given from now on never arrives. */
  crash(): void {
    if (this.#crashing !== undefined || this.#isReopening) return;
    this.#lives += 1;
    const sinks = [this.#fixture.sink, this.#fixture.errors, this.#backup];
    for (const sink of sinks) sink.isGone = true;
    this.#crashing = this.#fixture.crash().then(async () => {
      for (const sink of sinks) sink.isGone = false;
      this.#pipeline = await this.#fixture.open(this.#plan, limits);
      this.#crashing = undefined;
    });
  }

  async settled(): Promise<void> {
    while (this.#crashing !== undefined) await this.#crashing;
  }

  async reopen(): Promise<void> {
    this.#isReopening = true;
    await this.#fixture.close();
    this.#pipeline = await this.#fixture.open(this.#plan, limits);
    this.#isReopening = false;
  }

  /** Only while nothing fails: a failing destination's records may be delivered again by the new plan. */
  async update(): Promise<void> {
    this.#failing = 0;
    if (!(await this.flush())) return;
    const plan = this.#newPlan();
    const life = this.#lives;
    const isUpdated = await this.#fixture.passing(
      this.#pipeline.update(plan).then(
        () => true,
        () => false,
      ),
    );
    if (isUpdated && life === this.#lives) this.#plan = plan;
  }

  /** False when the process died meanwhile. */
  async flush(): Promise<boolean> {
    const flushing = this.#pipeline.flush().then(
      () => true,
      () => false,
    );
    return this.#fixture.passing(flushing);
  }

  async passTime(): Promise<void> {
    for (let turns = this.pick(60); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
    this.#fixture.clock.advance(this.pick(3000));
  }

  async verify(): Promise<void> {
    this.#failing = 0;
    await this.settled();
    while (!(await this.flush())) await this.settled();
    await this.settled();
    const { sink, errors } = this.#fixture;
    this.#compare([...sink.texts, ...errors.texts].map(idOf), expectedOf);
    this.#compare(this.#backup.texts, (text) => [text]);
    expect(this.#pipeline.stats().map(({ backlogRecords }) => backlogRecords)).toEqual([0, 0]);
  }

  /** Each acknowledged record once; of the others nothing, or all once. */
  #compare(arrived: readonly string[], expected: (text: string) => readonly string[]): void {
    const unknown = new Set([...this.#unknown].flatMap(expected));
    const certain = arrived.filter((id) => !unknown.has(id));
    expect(certain.sort()).toEqual(this.#acknowledged.flatMap(expected).sort());
    const possible = arrived.filter((id) => unknown.has(id));
    expect(new Set(possible).size).toBe(possible.length);
  }
}

const seeds = Array.from({ length: 5 }, (_, i) => i + 1);
const kinds = [
  { isPartitioned: false, isStaged: false },
  { isPartitioned: true, isStaged: false },
  { isPartitioned: true, isStaged: true },
];

test.each(kinds.flatMap((kind) => seeds.map((seed) => ({ ...kind, seed }))))(
  "each record arrives once, whatever fails (partitioned $isPartitioned, staged $isStaged, seed $seed)",
  async ({ seed, ...options }) => {
    await using fixture = new DeliveryFixture();
    const trial = await Trial.start(fixture, seed, options);
    for (let step = 0; step < 100; step++) {
      const dice = trial.pick(100);
      if (dice < 55) await trial.append();
      else if (dice < 62) trial.fail();
      else if (dice < 66) trial.crash();
      else if (dice < 69) await trial.reopen();
      else if (dice < 72) await trial.update();
      else if (dice < 75) await trial.flush();
      await trial.settled();
      await trial.passTime();
      await trial.settled();
    }
    await trial.verify();
  },
);
