import { relative } from "node:path";
import { systemClock } from "../../core/clock.ts";
import { type LoadedConfiguration, loadConfiguration } from "../../server/configuration.ts";
import { type Millrace, startMillrace } from "../../server/millrace.ts";
import { removeRunFile, writeRunFile } from "../../server/run-file.ts";
import { version } from "../../server/version.ts";
import { type ExitCode, exitCodes } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import { logOutput } from "../logs/log-output.ts";
import { withAdvice } from "./advice.ts";
import { splitStartFlags } from "./start-flags.ts";
import { jsonLine, plainLines, type StartedState, summary } from "./summary.ts";

/** What Testcontainers' modules for LocalStack set. */
const localStackNames = /^(LOCALSTACK_|GATEWAY_LISTEN$|HOSTNAME_EXTERNAL$)/;

/** Runs Millrace until it is told to end. @throws ConfigurationError when it cannot start. */
export async function start(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = splitStartFlags(args);
  const startedMs = systemClock.now() - process.uptime() * 1000;
  const loaded = await loadConfiguration({
    args: flags.settings,
    environment: io.environment,
    folder: process.cwd(),
    file: flags.config,
  });
  const { configuration } = loaded;
  const interruption = io.interruption();
  const millrace = await startMillrace(configuration, { logOutput: logOutput(io) }).catch(
    (error: unknown) => {
      throw withAdvice(error);
    },
  );
  const isKept = configuration.durability.mode !== "memory";
  try {
    const { url, sql } = millrace;
    if (isKept) await writeRunFile(configuration.data, { url, sql, pid: process.pid, version });
    const state = stateOf(millrace, loaded, systemClock.now() - startedMs, io);
    if (flags.json) io.printJson(jsonLine(state));
    else if (!io.isTerminal) for (const line of plainLines(state)) io.print(line);
    await untilTold(millrace, state, { io, interruption, showsRequests: flags.requests });
  } finally {
    if (isKept) removeRunFile(configuration.data, process.pid);
    await millrace.close();
  }
  return exitCodes.ok;
}

interface Session {
  readonly io: CommandIo;
  readonly interruption: AbortSignal;
  readonly showsRequests: boolean;
}

/** Resolves when the process is asked to end, by a signal or a key. */
async function untilTold(millrace: Millrace, state: StartedState, session: Session): Promise<void> {
  const { io, interruption, showsRequests } = session;
  const { promise: told, resolve: end } = Promise.withResolvers<void>();
  if (interruption.aborted) return;
  interruption.addEventListener("abort", () => end(), { once: true });
  if (!io.isTerminal) {
    if (showsRequests) void (await import("./session.ts")).showRequests(millrace, io, interruption);
    return told;
  }
  for (const line of summary(state, io)) io.print(line);
  const { StartSession } = await import("./session.ts");
  const terminal = new StartSession(millrace, state, io, end);
  try {
    if (io.isInteractive) terminal.start();
    if (showsRequests) terminal.toggleRequests();
    await told;
  } finally {
    terminal.stop();
  }
  io.print(io.style("dim", "  Stopping; a second Ctrl-C ends it at once."));
}

function stateOf(
  millrace: Millrace,
  loaded: LoadedConfiguration,
  startMs: number,
  { environment }: CommandIo,
): StartedState {
  const { configuration, file } = loaded;
  const { data, durability, auth, account } = configuration;
  const { url, sql, firstCredential: root } = millrace;
  return {
    version,
    url,
    console: configuration.console ? `${url}/_millrace/console/` : undefined,
    sql,
    data,
    durability: durability.mode,
    auth,
    account,
    startMs,
    root,
    isForLocalStackClients: Object.keys(environment).some(
      (name) => localStackNames.test(name) && environment[name],
    ),
    config: file === undefined ? undefined : relative(process.cwd(), file),
  };
}
