import type { StateFile } from "../checkpoint/state-file.ts";
import { StoppedError, SubtaskFailure } from "./failure.ts";
import type { SubtaskOutcome, SubtaskRound } from "./round.ts";
import type { SourceRound } from "./source-feed.ts";
import type { SubtaskAnswer, SubtaskHandle, SubtaskHost, SubtaskStart } from "./subtask-port.ts";

/** What a checkpoint of all subtasks has come to. */
export interface SubtaskStates {
  /** One a subtask. */
  readonly states: readonly StateFile[];
  readonly pauseMs: number;
}

/** Answers that one request to all subtasks waits for. */
interface Pending<T> {
  readonly answers: (T | undefined)[];
  left: number;
  readonly resolve: (answers: readonly T[]) => void;
  readonly reject: (error: unknown) => void;
}

type Checkpointed = Extract<SubtaskAnswer, { kind: "checkpointed" }>;

/** All subtasks of a job. The failure of one fails whatever is waited for. */
export class SubtaskGroup {
  readonly #subtasks: number;
  readonly #handles: readonly SubtaskHandle[];
  readonly #ready: Promise<readonly true[]>;
  readonly #rounds = new Map<number, Pending<SubtaskOutcome>>();
  readonly #checkpoints = new Map<number, Pending<Checkpointed>>();
  readonly #failed: (error: unknown) => void;
  #readyPending: Pending<true> | undefined;
  #failure: unknown;

  /** @param failed is called once, with what ended a subtask */
  constructor(host: SubtaskHost, starts: readonly SubtaskStart[], failed: (error: unknown) => void) {
    this.#subtasks = starts.length;
    this.#failed = failed;
    this.#ready = new Promise((resolve, reject) => {
      this.#readyPending = { answers: [], left: starts.length, resolve, reject };
    });
    this.#ready.catch(() => undefined);
    this.#handles = host.start(starts, (subtask, answer) => this.#answered(subtask, answer));
  }

  async ready(): Promise<void> {
    await this.#ready;
  }

  run(
    round: Pick<SubtaskRound, "number" | "nowMs" | "seed">,
    sources: readonly SourceRound[],
  ): Promise<readonly SubtaskOutcome[]> {
    const outcomes = this.#wait(this.#rounds, round.number);
    for (const [subtask, handle] of this.#handles.entries()) {
      const mine = sources.map((source) => source.subtasks[subtask]).filter((source) => source !== undefined);
      handle.send({ kind: "round", round: { ...round, sources: mine } });
    }
    return outcomes;
  }

  /** State as after the rounds that were given so far. */
  async checkpoint(
    checkpoint: number,
    place: (subtask: number) => { readonly path: string; readonly name: string },
  ): Promise<SubtaskStates> {
    const answered = this.#wait(this.#checkpoints, checkpoint);
    for (const [subtask, handle] of this.#handles.entries()) {
      handle.send({ kind: "checkpoint", checkpoint, ...place(subtask) });
    }
    const answers = await answered;
    return {
      states: answers.map((answer) => answer.state),
      pauseMs: Math.max(...answers.map((answer) => answer.pauseMs)),
    };
  }

  async close(): Promise<void> {
    this.#fail(new StoppedError("The subtasks were ended."));
    await Promise.all(this.#handles.map((handle) => handle.close()));
  }

  #wait<T>(pendings: Map<number, Pending<T>>, number: number): Promise<readonly T[]> {
    const promise = new Promise<readonly T[]>((resolve, reject) => {
      if (this.#failure !== undefined) reject(this.#failure);
      else pendings.set(number, { answers: [], left: this.#subtasks, resolve, reject });
    });
    // Whoever waits hears of it; nobody need wait.
    promise.catch(() => undefined);
    return promise;
  }

  #answered(subtask: number, answer: SubtaskAnswer): void {
    if (this.#failure !== undefined) return;
    switch (answer.kind) {
      case "ready":
        if (this.#readyPending !== undefined) settle(this.#readyPending, subtask, true);
        return;
      case "outcome":
        this.#settleIn(this.#rounds, answer.outcome.number, subtask, answer.outcome);
        return;
      case "checkpointed":
        this.#settleIn(this.#checkpoints, answer.checkpoint, subtask, answer);
        return;
      case "checkpointFailed":
        this.#checkpoints.get(answer.checkpoint)?.reject(new Error(answer.message));
        this.#checkpoints.delete(answer.checkpoint);
        return;
      case "failed":
        this.#fail(new SubtaskFailure(answer.error));
    }
  }

  #settleIn<T>(pendings: Map<number, Pending<T>>, number: number, subtask: number, answer: T): void {
    const pending = pendings.get(number);
    if (pending !== undefined && settle(pending, subtask, answer)) pendings.delete(number);
  }

  #fail(error: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    this.#readyPending?.reject(error);
    for (const pending of this.#rounds.values()) pending.reject(error);
    for (const pending of this.#checkpoints.values()) pending.reject(error);
    if (!(error instanceof StoppedError)) this.#failed(error);
  }
}

/** @returns whether it was the last answer */
function settle<T>(pending: Pending<T>, subtask: number, answer: T): boolean {
  pending.answers[subtask] = answer;
  pending.left -= 1;
  if (pending.left > 0) return false;
  pending.resolve(pending.answers.filter((given) => given !== undefined));
  return true;
}
