/** A call of an AWS operation, or of Millrace's own API. */
export type Action =
  | {
      readonly kind: "aws";
      readonly service: string;
      readonly operation: string;
      readonly input: object;
    }
  | {
      readonly kind: "millrace";
      readonly method: string;
      /** Below `/_millrace/`, with its query. */
      readonly path: string;
      readonly body?: string;
    };

export interface LoggedAction {
  readonly id: number;
  readonly action: Action;
  readonly at: number;
  readonly durationMs: number | undefined;
  /** The error's name; undefined while it runs and when it went well. */
  readonly error: string | undefined;
  /** How often it was made since the screen was opened: a screen that polls repeats itself. */
  readonly count: number;
}

const maxActions = 60;

/** What the console did on this screen, newest first, to be shown as code. */
export class ActionLog {
  #actions: readonly LoggedAction[] = [];
  #lastId = 0;
  readonly #listeners = new Set<() => void>();

  /** Notes a call; the answer is to be called at its end, with the name of its error if it failed. */
  begin(action: Action): (error: string | undefined) => void {
    const startedMs = performance.now();
    const key = keyOf(action);
    const same = this.#actions.find((logged) => keyOf(logged.action) === key);
    this.#lastId++;
    const id = same?.id ?? this.#lastId;
    const logged: LoggedAction = {
      id,
      action,
      at: Date.now(),
      durationMs: undefined,
      error: undefined,
      count: (same?.count ?? 0) + 1,
    };
    const others = this.#actions.filter((other) => other.id !== id);
    // Repeated calls keep their place, so that what somebody did stays on top of what polls.
    this.#set(same === undefined ? [logged, ...others] : this.#replaced(logged));
    return (error) => {
      const durationMs = performance.now() - startedMs;
      this.#set(this.#actions.map((other) => (other.id === id ? { ...other, durationMs, error } : other)));
    };
  }

  /** A new screen begins with nothing. */
  clear(): void {
    this.#set([]);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): readonly LoggedAction[] => this.#actions;

  #replaced(logged: LoggedAction): readonly LoggedAction[] {
    return this.#actions.map((other) => (other.id === logged.id ? logged : other));
  }

  #set(actions: readonly LoggedAction[]): void {
    this.#actions = actions.slice(0, maxActions);
    for (const listener of this.#listeners) listener();
  }
}

/** Polls differ in cursors only: an iterator does not make another call of it. */
function keyOf(action: Action): string {
  if (action.kind === "millrace") return `${action.method} ${action.path.replace(/\?.*/, "")}`;
  const text = JSON.stringify(action.input, (name, value: unknown) => {
    if (/^(ShardIterator|NextToken|Marker|StartTime|EndTime)$/.test(name)) return undefined;
    return value instanceof Uint8Array ? `${value.length} bytes` : value;
  });
  return `${action.service} ${action.operation} ${text}`;
}
