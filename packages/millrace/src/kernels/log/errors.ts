import { systemCode } from "../../core/errors.ts";
import type { Offset } from "./offset.ts";

/** What the log answers with. Services translate it; nothing here is AWS's or Kafka's wording. */
export class LogError extends Error {
  override readonly name: string = "LogError";
  readonly code: string;
  /** True when the same call may succeed later without anybody repairing anything. */
  readonly retryable: boolean;

  constructor(code: string, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** The caller asked for something that can never work: a size, a kind, a name. */
export class LogInputError extends LogError {
  override readonly name = "LogInputError";
  constructor(message: string) {
    super("EINVAL", message);
  }
}

/** The disk is full. Nothing of the append was kept; the log goes on when there is space. */
export class LogFullError extends LogError {
  override readonly name = "LogFullError";
  constructor(id: string, cause: unknown) {
    super("ENOSPC", `no space left for log ${id}`, { retryable: true, cause });
  }
}

/** Too many bytes wait to be written, or too many listeners listen. */
export class LogBusyError extends LogError {
  override readonly name = "LogBusyError";
  constructor(message: string) {
    super("EBUSY", message, { retryable: true });
  }
}

/** Writing or syncing failed: the outcome of what was in flight is unknown. Only opening the log again helps. */
export class LogFailedError extends LogError {
  override readonly name = "LogFailedError";
  constructor(id: string, cause: unknown) {
    super("EIO", `log ${id} failed and takes no appends until it is opened again`, { cause });
  }
}

/** The log was sealed: it can be read and takes no more appends, ever. */
export class LogSealedError extends LogError {
  override readonly name = "LogSealedError";
  constructor(id: string) {
    super("ESEALED", `log ${id} is sealed`);
  }
}

/** The log, or its store, was closed or deleted. */
export class LogClosedError extends LogError {
  override readonly name = "LogClosedError";
  constructor(id: string) {
    super("ECLOSED", `log ${id} is closed`);
  }
}

/** Another process, or another store of this one, owns the directory. */
export class LogLockedError extends LogError {
  override readonly name = "LogLockedError";
  constructor(directory: string, cause: unknown) {
    super("ELOCKED", `another process owns the log directory ${directory}`, { cause });
  }
}

/** The data key could not be made or opened. Retryable: a key may be enabled again. */
export class LogCipherError extends LogError {
  override readonly name = "LogCipherError";
  constructor(id: string, cause: unknown) {
    super("ECIPHER", `the data key of log ${id} is not available`, { retryable: true, cause });
  }
}

/** The offset was trimmed away, or lies beyond what was ever assigned. */
export class OffsetOutOfRangeError extends LogError {
  override readonly name = "OffsetOutOfRangeError";
  readonly firstOffset: Offset;
  readonly nextOffset: Offset;
  constructor(asked: number, firstOffset: Offset, nextOffset: Offset) {
    super("ERANGE", `offset ${asked} is outside ${firstOffset}..${nextOffset}`);
    this.firstOffset = firstOffset;
    this.nextOffset = nextOffset;
  }
}

/** Bytes on disk are not what was written. Always logged; `Log.corruptions` tells what was set aside. */
export class CorruptionError extends LogError {
  override readonly name = "CorruptionError";
  readonly path: string;
  readonly position: number;
  constructor(path: string, position: number, what: string) {
    super("ECORRUPT", `${path} is damaged at byte ${position}: ${what}`);
    this.path = path;
    this.position = position;
  }
}

/** Wraps a failed write once: a full disk can be waited out, anything else cannot. */
export function writeFailure(id: string, cause: unknown): LogError {
  if (cause instanceof LogError) return cause;
  const code = systemCode(cause);
  return code === "ENOSPC" || code === "EDQUOT" ? new LogFullError(id, cause) : new LogFailedError(id, cause);
}
