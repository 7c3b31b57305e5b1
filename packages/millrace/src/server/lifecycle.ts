import { assert } from "../core/assert.ts";
import { messageOf } from "../core/errors.ts";
import { SerialTasks } from "../core/serial-tasks.ts";
import type { HttpResponse } from "../gateway/http.ts";
import type { Exchange } from "../gateway/listen/exchange.ts";
import { adminPrefix } from "./admin/admin.ts";
import { RequestGate } from "./request-gate.ts";
import { openRunning, type Running, type RunningContext } from "./running.ts";
import { Snapshots } from "./snapshot/snapshots.ts";

/** How long requests in flight may take before what they use is closed. */
const graceMs = 5_000;
/** When clients that are turned away should ask again. */
const retryAfterSeconds = 5;
/** Calls of the admin API that are answered while everything else waits. */
const alwaysAnswered: ReadonlySet<string> = new Set(
  ["health", "metrics", "requests", "unsupported", "logs", "snapshot"].map((name) => adminPrefix + name),
);

/** What work in a pause may do to see whether its result can be opened. */
export interface PausedState {
  open(): Promise<void>;
  /** Closes what `open` has opened. */
  close(): Promise<void>;
}

/** Work on the data directory while nothing stands on it. */
export type PausedWork<T> = (state: PausedState) => Promise<T>;

/** What `Lifecycle.start` is given: the lifecycle itself is how everything is emptied. */
export type LifecycleContext = Omit<RunningContext, "reset" | "snapshots">;

/**
 * One Millrace's opening, closing and opening anew. Requests go to what is open; while it is being replaced
 * they wait, and the listener does not notice.
 */
export class Lifecycle {
  readonly #context: RunningContext;
  readonly #gate = new RequestGate();
  readonly #turns = new SerialTasks();
  #now: Running | undefined;
  /** Why nothing is open, when it should be. */
  #failure: string | undefined;
  #sqlIsOpen = false;

  private constructor(context: LifecycleContext) {
    const snapshots = new Snapshots({
      ...context,
      pause: (work) => this.pause(work),
      firstCredential: () => this.now.access.firstCredential,
    });
    this.#context = { ...context, snapshots, reset: (services) => this.reset(services) };
  }

  /** @throws ConfigurationError */
  static async start(context: LifecycleContext): Promise<Lifecycle> {
    const lifecycle = new Lifecycle(context);
    await lifecycle.#open();
    return lifecycle;
  }

  /** Saves and loads all state. */
  get snapshots(): Snapshots {
    return this.#context.snapshots;
  }

  get now(): Running {
    assert(this.#now !== undefined, "something is open");
    return this.#now;
  }

  /** Lets SQL clients in, from now on also after a pause. @throws ConfigurationError when the port is taken */
  async openSql(): Promise<void> {
    this.#sqlIsOpen = true;
    await this.now.openSql();
  }

  /** Serves one request, at once or when a pause is over. */
  serve(exchange: Exchange): void {
    const last = this.#now;
    if (last !== undefined && alwaysAnswered.has(exchange.head.path)) void last.serve(exchange);
    else if (this.#failure !== undefined) this.#turnAway(exchange);
    else
      this.#gate.pass(
        () => this.now.serve(exchange),
        () => this.#turnAway(exchange),
      );
  }

  /** Empties the services of these ids, or all of them. */
  reset(services?: readonly string[]): Promise<void> {
    return this.#turns.run(() => this.now.reset(services));
  }

  /**
   * Holds requests, closes everything, does `work`, opens everything and lets requests in. Work may open by
   * itself, to see whether what it has done can be opened; else that is done after it, also when it failed.
   */
  pause<T>(work: PausedWork<T>): Promise<T> {
    return this.#turns.run(async () => {
      const closing = this.now;
      await Promise.all([this.#gate.hold(graceMs), closing.closeSql(graceMs)]);
      let isOpen = false;
      const state: PausedState = {
        open: async () => {
          await this.#open();
          isOpen = true;
        },
        close: async () => {
          if (isOpen) await this.now.close();
          isOpen = false;
        },
      };
      try {
        await closing.close();
        this.#context.directory.clearScratch();
        return await work(state);
      } finally {
        if (!isOpen) await this.#reopen();
        this.#gate.open();
      }
    });
  }

  /** Waits for what is under way, and closes everything. */
  async close(): Promise<void> {
    await this.#turns.run(async () => {
      if (this.#failure === undefined) await this.#now?.close();
    });
  }

  async #reopen(): Promise<void> {
    try {
      this.#context.directory.recover();
      await this.#open();
    } catch (error) {
      this.#failure = messageOf(error);
      this.#context.log.error(
        { err: error },
        `the data directory cannot be opened any more: ${this.#failure}`,
      );
      this.#gate.turnAllAway();
    }
  }

  async #open(): Promise<void> {
    const opened = await openRunning(this.#context);
    try {
      if (this.#sqlIsOpen) await opened.openSql();
    } catch (error) {
      await opened.close();
      throw error;
    }
    this.#now = opened;
  }

  #turnAway(exchange: Exchange): void {
    const message =
      this.#failure === undefined
        ? "The state of this Millrace is being saved or replaced."
        : `The data directory cannot be opened: ${this.#failure}`;
    exchange.respond(unavailable(exchange, message)).catch((error: unknown) => {
      const { log } = this.#context;
      log.error({ err: error }, `a request could not be turned away: ${messageOf(error)}`);
    });
  }
}

/** In JSON to who speaks it, else in XML: SDKs try again when they can read the code. */
function unavailable({ head }: Exchange, message: string): HttpResponse {
  const code = "ServiceUnavailable";
  const isJson = head.headers["x-amz-target"] !== undefined || head.path.startsWith("/_millrace/");
  const text = message.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return {
    status: 503,
    headers: {
      "content-type": isJson ? "application/json" : "application/xml",
      "retry-after": retryAfterSeconds,
      "x-amzn-errortype": code,
    },
    body: isJson
      ? `${JSON.stringify({ __type: code, code, message })}\n`
      : `<Error><Code>${code}</Code><Message>${text}</Message></Error>`,
  };
}
