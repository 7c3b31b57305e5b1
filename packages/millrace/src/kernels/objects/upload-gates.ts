import type { StoredBlob } from "./port.ts";

/** How an upload ended: with a blob that may lie where its parts lay, or with nothing. */
export interface UploadEnd {
  readonly kept: StoredBlob | undefined;
}

/**
 * One upload, while somebody works on it. Ending it (completing or aborting) excludes other endings and the
 * beginning of new parts; parts that are under way then find that it ended.
 */
export class UploadGate {
  #busy: Promise<void> | undefined;
  /** Set when the upload ended. */
  end: UploadEnd | undefined;
  users = 0;

  /**
   * Undefined when nobody ends the upload; otherwise wait for it, and ask again: what follows must be in the same
   * turn as the answer.
   */
  get busy(): Promise<void> | undefined {
    return this.#busy;
  }

  /** Runs an ending alone. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    while (this.#busy !== undefined) await this.#busy;
    const running = work();
    this.#busy = running.then(
      () => this.#free(),
      () => this.#free(),
    );
    return running;
  }

  #free(): void {
    this.#busy = undefined;
  }
}

/** The gates of the uploads that somebody works on now. */
export class UploadGates {
  readonly #gates = new Map<string, UploadGate>();

  async use<T>(uploadId: string, work: (gate: UploadGate) => Promise<T>): Promise<T> {
    const gate = this.#gates.get(uploadId) ?? new UploadGate();
    this.#gates.set(uploadId, gate);
    gate.users += 1;
    try {
      return await work(gate);
    } finally {
      gate.users -= 1;
      if (gate.users === 0) this.#gates.delete(uploadId);
    }
  }
}
