import fs from "node:fs";
import { expect, test } from "vitest";
import { LogFullError } from "./errors.ts";
import { FaultyFiles } from "./faulty-files.ts";
import type { Log } from "./log.ts";
import { LogFixture, payloadOf, seededRandom } from "./log-fixture.ts";
import { LogStore } from "./log-store.ts";
import { toOffset } from "./offset.ts";

interface ModelBatch {
  readonly firstOffset: number;
  readonly count: number;
  readonly seed: number;
  readonly bytes: number;
  readonly appendTimeMs: number;
}

const maxAgeMs = 100_000;

/** What a log should be: a plain list. Every step is done to both, then both are compared. */
class Trial {
  readonly #fixture: LogFixture;
  readonly #random: () => number;
  readonly #files: FaultyFiles;
  #store: LogStore;
  #log: Log | undefined;
  #model: ModelBatch[] = [];
  #nextOffset = 0;
  #seed = 0;
  sealed = false;

  constructor(fixture: LogFixture, seed: number) {
    this.#fixture = fixture;
    this.#random = seededRandom(seed);
    this.#files = new FaultyFiles(this.#random, { shortWrites: seed % 2 === 0 });
    this.#store = this.#newStore();
  }

  #newStore(): LogStore {
    const { dir, clock, logger: log } = this.#fixture;
    const defaults = { segmentMaxBytes: 20_000, retention: { maxAgeMs } };
    // Trims happen only when the trial makes one.
    return new LogStore({
      dir,
      clock,
      log,
      defaults,
      files: this.#files,
      trimIntervalMs: Number.MAX_SAFE_INTEGER,
    });
  }

  async open(): Promise<Log> {
    this.#log ??= await this.#store.open("a");
    return this.#log;
  }

  pick(bound: number): number {
    return Math.floor(this.#random() * bound);
  }

  /** Several appends at once; a full disk may refuse the later ones, never one in between. */
  async append(): Promise<void> {
    const log = await this.open();
    const appends = Array.from({ length: 1 + this.pick(5) }, () => {
      const [seed, bytes, count] = [
        this.#seed++,
        this.pick(this.pick(4) === 0 ? 30_000 : 2000),
        1 + this.pick(9),
      ];
      const appended = log.append({ count, kind: 1, payload: payloadOf(seed, bytes) });
      return appended.then((result) => ({ ...result, count, seed, bytes }));
    });
    for (const result of await Promise.allSettled(appends)) {
      if (result.status === "rejected") {
        expect(result.reason).toBeInstanceOf(LogFullError);
        continue;
      }
      expect(result.value.firstOffset).toBe(this.#nextOffset);
      this.#nextOffset += result.value.count;
      this.#model.push(result.value);
    }
  }

  async fillDisk(): Promise<void> {
    this.#files.spaceBytes = this.pick(5000);
    await this.append();
    this.#files.spaceBytes = Number.POSITIVE_INFINITY;
  }

  async trim(): Promise<void> {
    await (await this.open()).trim();
    const oldestMs = this.#fixture.clock.now() - maxAgeMs;
    this.#model = this.#model.filter((batch) => batch.appendTimeMs >= oldestMs);
  }

  async trimTo(): Promise<void> {
    const log = await this.open();
    const kept = this.#model.slice(this.pick(this.#model.length + 1));
    await log.trimTo(toOffset(kept[0]?.firstOffset ?? this.#nextOffset));
    this.#model = kept;
  }

  async reopen(): Promise<void> {
    await this.#store.close();
    this.#store = this.#newStore();
    this.#log = undefined;
  }

  /** A crash: the index is lost and the last segment carries a torn write behind its last frame. */
  async crash(): Promise<void> {
    await this.open();
    await this.#store.close();
    const names = this.#fixture.names("a");
    for (const name of names) {
      if (name.endsWith(".idx") && this.pick(2) === 0) fs.rmSync(this.#fixture.path("a", name));
    }
    const last = names.filter((name) => name.endsWith(".seg")).at(-1);
    const index = last?.replace(".seg", ".idx");
    if (last !== undefined && !this.sealed && fs.existsSync(this.#fixture.path("a", index ?? ""))) {
      fs.appendFileSync(this.#fixture.path("a", last), payloadOf(this.#seed, this.pick(3000)));
    }
    this.#store = this.#newStore();
    this.#log = undefined;
  }

  async end(): Promise<void> {
    await this.#store.close();
  }

  async seal(): Promise<void> {
    await (await this.open()).seal();
    this.sealed = true;
  }

  async compare(): Promise<void> {
    const log = await this.open();
    expect(log.nextOffset).toBe(this.#nextOffset);
    expect(log.durableOffset).toBe(this.#nextOffset);
    expect(log.firstOffset).toBe(this.#model[0]?.firstOffset ?? this.#nextOffset);
    const start = this.pick(this.#model.length + 1);
    const expected = this.#model.slice(start);
    const first = expected[0];
    const from = first === undefined ? this.#nextOffset : first.firstOffset + this.pick(first.count);
    const batches = await log.read(toOffset(from), { maxBytes: this.pick(60_000) });
    expect(batches.length > 0).toBe(first !== undefined);
    for (const [i, batch] of batches.entries()) {
      expect(batch).toMatchObject({ firstOffset: expected[i]?.firstOffset, count: expected[i]?.count });
      expect(batch.payload.equals(payloadOf(expected[i]?.seed ?? -1, expected[i]?.bytes ?? 0))).toBe(true);
    }
    if (first !== undefined) {
      const byTime = this.#model.find((batch) => batch.appendTimeMs >= first.appendTimeMs);
      expect(await log.offsetForTime(first.appendTimeMs)).toBe(byTime?.firstOffset);
    }
    expect(log.corruptions).toEqual([]);
  }
}

test.each(Array.from({ length: 12 }, (_, i) => i + 1))(
  "a log does what a list does (seed %i)",
  async (seed) => {
    await using fixture = new LogFixture();
    const trial = new Trial(fixture, seed);
    for (let step = 0; step < 120; step++) {
      const dice = trial.pick(100);
      fixture.clock.advance(trial.pick(3000));
      if (dice < 55 && !trial.sealed) await trial.append();
      else if (dice < 62 && !trial.sealed) await trial.fillDisk();
      else if (dice < 72) await trial.trim();
      else if (dice < 75) await trial.trimTo();
      else if (dice < 85) await trial.reopen();
      else if (dice < 93) await trial.crash();
      else if (step > 100) await trial.seal();
      await trial.compare();
    }
  },
);
