/** Runs asynchronous tasks one after the other, in the order in which they were handed in. */
export class SerialTasks {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    // The next task runs whatever became of this one; its own caller hears of the failure.
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** When all tasks handed in so far have ended, however they did. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
