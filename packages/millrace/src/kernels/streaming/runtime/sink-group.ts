import type { SinkState } from "../checkpoint/manifest.ts";
import type { SubtaskOutcome } from "./round.ts";
import type { SinkLane } from "./sink-lane.ts";

/** A sink of the plan with its lanes, one a subtask. */
export interface OpenSink {
  readonly node: number;
  readonly uid: string;
  readonly lanes: readonly SinkLane[];
}

/** All sinks of a job. */
export class SinkGroup {
  readonly #sinks: readonly OpenSink[];

  constructor(sinks: readonly OpenSink[]) {
    this.#sinks = sinks;
  }

  /** @param states of the last manifest; none for a run that begins */
  async recover(states: readonly SinkState[]): Promise<void> {
    for (const { uid, lanes } of this.#sinks) {
      const handles = states.find((state) => state.uid === uid)?.handles ?? [];
      await Promise.all(lanes.map((lane, subtask) => lane.recover(handles[subtask])));
    }
  }

  /** The rows of a round; `outcomes` has one for each subtask. */
  async write(round: number, outcomes: readonly SubtaskOutcome[]): Promise<void> {
    const writes: Promise<void>[] = [];
    for (const [subtask, outcome] of outcomes.entries()) {
      for (const { node, block } of outcome.sinks) {
        const lane = this.#sinks.find((sink) => sink.node === node)?.lanes[subtask];
        if (lane !== undefined) writes.push(lane.write(round, block));
      }
    }
    await Promise.all(writes);
  }

  /**
   * @param before the handles of the last manifest, while rounds are repeated: rows of rounds that come only now
   *   may be visible already, so prompt sinks have to look for them from where they looked before
   */
  async prepare(checkpoint: number, before?: readonly SinkState[]): Promise<readonly SinkState[]> {
    const states: SinkState[] = [];
    for (const { uid, lanes } of this.#sinks) {
      const known = before?.find((state) => state.uid === uid)?.handles;
      const handles = lanes.map((lane, subtask) => {
        const handle = lane.isPrompt ? known?.[subtask] : undefined;
        return handle ?? lane.prepare(checkpoint);
      });
      states.push({ uid, handles: await Promise.all(handles) });
    }
    return states;
  }

  async commit(states: readonly SinkState[]): Promise<void> {
    for (const { uid, lanes } of this.#sinks) {
      const handles = states.find((state) => state.uid === uid)?.handles ?? [];
      await Promise.all(handles.map((handle, subtask) => lanes[subtask]?.commit(handle)));
    }
  }

  /** @returns what went wrong meanwhile */
  async close(keep: boolean): Promise<readonly unknown[]> {
    const lanes = this.#sinks.flatMap((sink) => sink.lanes);
    const closed = await Promise.allSettled(lanes.map((lane) => lane.close(keep)));
    return closed.filter((result) => result.status === "rejected").map((result) => result.reason as unknown);
  }
}
