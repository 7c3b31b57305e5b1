import type { FirehoseState } from "../../services/firehose/index.ts";
import { type KinesisState, type Stream, StreamFigures, shardLimits } from "../../services/kinesis/index.ts";
import { clientId } from "./client-id.ts";
import { type ConsumerAnswer, type RateAnswer, rateAnswer } from "./consumer-answer.ts";
import type { KclLeases } from "./kcl-leases.ts";
import { streamConsumers } from "./stream-consumers.ts";

export interface ProducerAnswer extends RateAnswer {
  readonly id: string;
  readonly name: string;
  readonly principal?: string | undefined;
  readonly library?: string | undefined;
  /** Of an application of this Millrace. */
  readonly arn?: string | undefined;
  readonly lastAt: number | undefined;
  readonly errorsLastMinute: number;
  readonly history: readonly number[];
}

/** Answers who uses a stream and how much. */
export class StreamUses {
  readonly #state: KinesisState;
  readonly #leases: KclLeases;
  readonly #firehose: () => FirehoseState | undefined;
  readonly #figures: StreamFigures;

  /** @param firehose if it is open: it is not opened for this */
  constructor(state: KinesisState, leases: KclLeases, firehose: () => FirehoseState | undefined) {
    this.#state = state;
    this.#leases = leases;
    this.#firehose = firehose;
    this.#figures = new StreamFigures(state.clock);
  }

  consumers(stream: Stream): Promise<readonly ConsumerAnswer[]> {
    const [state, figures, leases, firehose] = [this.#state, this.#figures, this.#leases, this.#firehose];
    return streamConsumers({ state, figures, leases, firehose }, stream);
  }

  producers(stream: Stream): readonly ProducerAnswer[] {
    const nowMs = this.#state.clock.now();
    return [...(stream.traffic?.producers() ?? [])].map(({ principal = "", client, arn, ring }) => {
      const figures = ring.figures(nowMs);
      const who =
        client === undefined
          ? { id: arn ?? "", name: (arn ?? "").slice((arn ?? "").lastIndexOf("/") + 1), arn }
          : {
              ...{ id: clientId("producer", principal, client), name: client.name },
              ...{ principal, library: client.library },
            };
      const { lastMs: lastAt } = ring;
      const errorsLastMinute = figures.lastMinute.errors;
      return { ...who, ...rateAnswer(figures), lastAt, errorsLastMinute, history: ring.history(nowMs) };
    });
  }

  /** What `GET streams/:name/use` answers. */
  async use(stream: Stream): Promise<object> {
    const { document, arn, throughput } = stream;
    return {
      at: this.#state.clock.now(),
      stream: { name: document.name, arn, status: document.status, mode: document.mode },
      limits: { ...shardLimits, areEnforced: throughput.kind === "enforced" },
      shards: this.#shards(stream),
      producers: this.producers(stream),
      consumers: await this.consumers(stream),
    };
  }

  #shards(stream: Stream): readonly object[] {
    return this.#figures.shards(stream).map(({ shard, isOpen, in: written, out, records, bytes }) => ({
      shardId: shard,
      isOpen,
      in: { ...rateAnswer(written), throttled: written.lastMinute.errors },
      out: { ...rateAnswer(out), throttled: out.lastMinute.errors },
      records,
      bytes,
    }));
  }
}
