import { CommandError, type ExitCode, exitCodes } from "./command-error.ts";
import { CommandIo, type InputStream, type OutputStream } from "./command-io.ts";

/** What the command line needs of the process. */
export interface ProgramProcess {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Runs the command line and answers the exit code. */
export async function run(args: readonly string[], process: ProgramProcess): Promise<number> {
  const { stdin, stdout, stderr, env: environment } = process;
  const io = new CommandIo({ stdin, stdout, stderr, environment });
  endQuietlyWithoutReaders(stdout);
  try {
    const [first, ...rest] = args;
    const isStart = first === undefined || first === "start" || first.startsWith("-");
    // To start Millrace, the library that parses the other commands is not loaded: it would stay in memory.
    if (isStart && args.includes("--version")) {
      io.print((await import("../server/version.ts")).version);
      return exitCodes.ok;
    }
    if (isStart && !args.includes("--help")) {
      const { start } = await import("./start/start.ts");
      return await start(first === "start" ? rest : args, io);
    }
    const { runProgram } = await import("./program.ts");
    const exitCode = await runProgram(args, io);
    return io.exitCode ?? exitCode;
  } catch (error) {
    return report(error, io);
  }
}

function report(error: unknown, io: CommandIo): ExitCode {
  if (error instanceof CommandError) {
    io.note(`millrace: ${error.message}`);
    return error.exitCode;
  }
  if (error instanceof Error && error.name === "ConfigurationError") {
    io.note(`millrace: ${error.message}`);
    return exitCodes.usage;
  }
  if (error instanceof Error && error.name === "AbortError" && io.isInterrupted) return exitCodes.interrupted;
  throw error;
}

/** `millrace tail ... | head` ends with its reader, without a word. */
function endQuietlyWithoutReaders(stdout: OutputStream): void {
  stdout.on("error", (error: Error & { readonly code?: string }) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(exitCodes.ok);
  });
}
