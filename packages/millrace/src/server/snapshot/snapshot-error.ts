/** Why a snapshot cannot be saved or loaded, in words for whoever asked for it. */
export class SnapshotError extends Error {
  override readonly name = "SnapshotError";
  readonly reason: "wrong file" | "no space" | "in use" | "not kept" | "wrong key" | "not opened";

  constructor(reason: SnapshotError["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export const wrongFile = (message: string, cause?: unknown): SnapshotError =>
  new SnapshotError("wrong file", `This is not a whole snapshot of Millrace: ${message}.`, { cause });
