/** What the object store needs of a key service. It never sees the key itself, only data keys under it. */
export interface ObjectKeys {
  /**
   * A fresh 256-bit data key, and the same under key `keyId`, bound to the context.
   * What it throws is what the write rejects with.
   */
  createDataKey(
    keyId: string,
    context: Readonly<Record<string, string>>,
  ): Promise<{ readonly plaintext: Uint8Array; readonly wrapped: Uint8Array }>;
  /** Opens what `createDataKey` wrapped. What it throws is what the read rejects with. */
  openDataKey(
    keyId: string,
    wrapped: Uint8Array,
    context: Readonly<Record<string, string>>,
  ): Promise<Uint8Array>;
}
