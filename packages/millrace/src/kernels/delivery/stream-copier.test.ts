import { afterEach, describe, expect, it } from "vitest";
import type { DeliveryPipeline } from "./pipeline.ts";
import { StreamCopier } from "./stream-copier.ts";
import {
  type SourcePosition,
  type SourceRead,
  type SourceReadLimits,
  type SourceRecord,
  type SourceShard,
  type StreamSource,
  StreamSourceError,
} from "./stream-source-port.ts";
import { DeliveryFixture } from "./test-delivery.ts";

interface ScriptedShard {
  readonly parents: readonly string[];
  readonly records: SourceRecord[];
  isClosed: boolean;
}

/** A stream in memory whose shards a test splits, and whose reads fail when it says so. */
class ScriptedStream implements StreamSource {
  readonly byId = new Map<string, ScriptedShard>();
  readonly reads: string[] = [];
  readonly #listeners = new Set<() => void>();
  refusal: StreamSourceError | undefined;
  #sequence = 0;

  shards(): readonly SourceShard[] {
    if (this.refusal !== undefined) throw this.refusal;
    return [...this.byId].map(([id, { parents, isClosed }]) => ({ id, parents, isClosed }));
  }

  async read(shardId: string, from: SourcePosition, { maxRecords }: SourceReadLimits): Promise<SourceRead> {
    if (this.refusal !== undefined) throw this.refusal;
    this.reads.push(shardId);
    const { records, isClosed } = this.byId.get(shardId) ?? { records: [], isClosed: true };
    const rest = records.filter(({ sequenceNumber, arrivalTimeMs }) => {
      if (from.kind === "after") return Number(sequenceNumber) > Number(from.sequenceNumber);
      return from.kind === "oldest" || arrivalTimeMs >= from.timeMs;
    });
    const taken = rest.slice(0, Math.min(maxRecords, 3));
    return { records: taken, isEnd: isClosed && taken.length === rest.length, millisBehindLatest: 0 };
  }

  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  add(id: string, ...parents: readonly string[]): void {
    for (const parent of parents) {
      const shard = this.byId.get(parent);
      if (shard !== undefined) shard.isClosed = true;
    }
    this.byId.set(id, { parents, records: [], isClosed: false });
    this.changed();
  }

  put(shardId: string, text: string, arrivalTimeMs: number): void {
    this.#sequence += 1;
    this.byId.get(shardId)?.records.push({
      data: Buffer.from(text),
      arrivalTimeMs,
      partitionKey: `key of ${text}`,
      sequenceNumber: String(this.#sequence),
    });
    this.changed();
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

const fixtures: DeliveryFixture[] = [];
afterEach(async () => {
  for (const fixture of fixtures.splice(0)) await fixture[Symbol.asyncDispose]();
});

interface Copying {
  readonly fixture: DeliveryFixture;
  readonly stream: ScriptedStream;
  readonly failures: string[];
  pipeline: DeliveryPipeline;
  copier: StreamCopier;
}

async function copying(startTimeMs = 0): Promise<Copying> {
  const fixture = new DeliveryFixture();
  fixtures.push(fixture);
  const stream = new ScriptedStream();
  const failures: string[] = [];
  const pipeline = await fixture.open();
  const copier = start({ fixture, stream, failures, pipeline }, startTimeMs);
  return { fixture, stream, failures, pipeline, copier };
}

function start(parts: Omit<Copying, "copier">, startTimeMs = 0): StreamCopier {
  const { fixture, stream: source, pipeline, failures } = parts;
  const observer = { copied: () => {}, failed: (code: string) => void failures.push(code) };
  const { clock, logger: log } = fixture;
  return new StreamCopier({ source, pipeline, startTimeMs, appendOptions: () => ({}), observer, clock, log });
}

/** Waits until this many records have been taken. */
function taken({ fixture }: Pick<Copying, "fixture">, records: number): Promise<void> {
  return fixture.until(() => fixture.observer.receivedRecords >= records);
}

async function delivered(copy: Copying): Promise<readonly string[]> {
  await copy.copier.close();
  await copy.pipeline.flush();
  return copy.fixture.sink.arrived;
}

describe("copying a stream", () => {
  it("takes what is there and what comes, in the order of each shard, with its origin", async () => {
    const copy = await copying();
    copy.stream.add("a");
    for (const text of ["1", "2", "3", "4", "5"]) copy.stream.put("a", text, 1_000);
    await taken(copy, 5);
    copy.stream.put("a", "6", 2_000);
    await taken(copy, 6);
    expect(await delivered(copy)).toEqual(["1", "2", "3", "4", "5", "6"]);
    expect(await copy.pipeline.lanePosition("a")).toBe("6");
  });

  it("leaves out what came before its beginning", async () => {
    const copy = await copying(1_000);
    copy.stream.add("a");
    copy.stream.put("a", "before", 999);
    copy.stream.put("a", "after", 1_000);
    await taken(copy, 1);
    expect(await delivered(copy)).toEqual(["after"]);
  });

  it("reads children after their parents have ended", async () => {
    const copy = await copying();
    copy.stream.refusal = new StreamSourceError("Test.Busy", "later");
    copy.stream.add("b", "a", "gone");
    copy.stream.add("a");
    copy.stream.add("c", "a");
    for (const text of ["a1", "a2", "a3", "a4"]) copy.stream.put("a", text, 0);
    copy.stream.put("b", "b1", 0);
    copy.stream.put("c", "c1", 0);
    await copy.fixture.until(() => copy.failures.length > 0);
    copy.stream.refusal = undefined;
    await copy.fixture.passing(taken(copy, 6));
    const texts = await delivered(copy);
    expect(texts.slice(0, 4)).toEqual(["a1", "a2", "a3", "a4"]);
    expect([...texts].sort()).toEqual(["a1", "a2", "a3", "a4", "b1", "c1"]);
  });

  it("goes on after a restart where it stopped, and after a crash neither repeats nor leaves out", async () => {
    const copy = await copying();
    copy.stream.add("a");
    for (let i = 0; i < 7; i++) copy.stream.put("a", `first ${i}`, 0);
    await taken(copy, 7);
    await copy.fixture.crash();
    copy.pipeline = await copy.fixture.open();
    copy.copier = start(copy);
    copy.stream.put("a", "second", 0);
    await taken(copy, 8);
    const texts = await delivered(copy);
    expect(new Set(texts).size).toBe(8);
    expect(texts).toHaveLength(8);
  });

  it("tells what fails, tries again after a while, and not at each change meanwhile", async () => {
    const copy = await copying();
    copy.stream.add("a");
    copy.stream.refusal = new StreamSourceError("Test.Refused", "no");
    copy.stream.put("a", "1", 0);
    await copy.fixture.until(() => copy.failures.length > 0);
    for (let i = 0; i < 50; i++) {
      copy.stream.changed();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(copy.failures).toHaveLength(1);
    copy.stream.refusal = undefined;
    await copy.fixture.passing(taken(copy, 1));
    expect(await delivered(copy)).toEqual(["1"]);
    expect(new Set(copy.failures)).toEqual(new Set(["Test.Refused"]));
  });

  it("reads a stream that was made anew under the same shard ids", async () => {
    const copy = await copying();
    copy.stream.add("a");
    copy.stream.put("a", "old", 0);
    await taken(copy, 1);
    copy.stream.add("b", "a");
    await copy.fixture.until(() => copy.stream.reads.includes("b"));
    copy.stream.byId.clear();
    copy.stream.add("a");
    copy.stream.put("a", "new", 0);
    await taken(copy, 2);
    expect(await delivered(copy)).toEqual(["old", "new"]);
  });

  it("asks nobody while nothing changes", async () => {
    const copy = await copying();
    copy.stream.add("a");
    copy.stream.put("a", "1", 0);
    // The second one finds nothing.
    await copy.fixture.until(() => copy.stream.reads.length === 2);
    copy.fixture.clock.advance(3_600_000);
    await copy.pipeline.flush();
    expect(copy.stream.reads).toHaveLength(2);
  });
});
