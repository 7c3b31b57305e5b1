/** What a client sees of an error of the object store; anything else is thrown as it is. */
export function storeError(thrown: unknown): unknown {
  return thrown;
}
