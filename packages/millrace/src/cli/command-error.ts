/** What the program answers to the shell; docs/cli.md lists them. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  /** Wrong arguments or settings. */
  usage: 2,
  /** Nothing answers where Millrace should be. */
  unreachable: 3,
  timedOut: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command: shown as one line, `millrace: what happened. What to do.`, without a stack. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: ExitCode;

  /** @param message What happened and what to do, in full sentences. */
  constructor(message: string, exitCode: ExitCode = exitCodes.failed, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** Wrong arguments: exit code 2. */
export function usageError(message: string): CommandError {
  return new CommandError(message, exitCodes.usage);
}
