/** Where and when a key was used last. */
export interface KeyUse {
  readonly atMs: number;
  /** Signing name: `s3`. */
  readonly service: string;
  readonly region: string;
}

const maxKeys = 10_000;

/** The last use of each access key since the start. It is not kept: writing it would cost a write a call. */
export class KeyUses {
  readonly #uses = new Map<string, KeyUse>();

  note(accessKeyId: string, use: KeyUse): void {
    if (this.#uses.size >= maxKeys && !this.#uses.has(accessKeyId)) this.#uses.clear();
    this.#uses.set(accessKeyId, use);
  }

  get(accessKeyId: string): KeyUse | undefined {
    return this.#uses.get(accessKeyId);
  }

  forget(accessKeyId: string): void {
    this.#uses.delete(accessKeyId);
  }

  clear(): void {
    this.#uses.clear();
  }
}
