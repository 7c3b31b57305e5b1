import { Command, CommanderError } from "commander";
import { describeSettings } from "../server/configuration/settings.ts";
import { version } from "../server/version.ts";
import { CommandError, type ExitCode, exitCodes } from "./command-error.ts";
import type { CommandIo } from "./command-io.ts";
import { type CommandEntry, commandGroups, commands } from "./commands.ts";

function helpLines(columns: number): string {
  return `
Without a command, millrace runs "start" and takes its flags:
${describeSettings(columns)}

Each of them is also read from the environment (--data from MILLRACE_DATA) and from millrace.config.ts.
"millrace <command> --help" explains a command.
`;
}

/** Runs commands with their flags parsed by commander. Answers the exit code. @throws CommandError */
export async function runProgram(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const program = await buildProgram(args, io);
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exitCodes.ok;
    throw new CommandError(sentence(problemOf(error, args), args), exitCodes.usage);
  }
}

/** The program with the one command that is called; of the others it knows the summaries. */
async function buildProgram(args: readonly string[], io: CommandIo): Promise<Command> {
  const program = emptyProgram(io);
  const called = args[0] === "help" ? args[1] : args[0];
  for (const entry of inOrder())
    if (entry.name === called || called === "completion") await addEntry(program, entry, io);
    else program.command(entry.name).summary(entry.summary).helpGroup(`${entry.group}:`).usage("[flags]");
  return program;
}

/** The program with all of its commands, for the reference in docs/cli.md. */
export async function wholeProgram(io: CommandIo): Promise<Command> {
  const program = emptyProgram(io);
  for (const entry of inOrder()) await addEntry(program, entry, io);
  return program;
}

/** As `--help` shows them. */
function inOrder(): readonly CommandEntry[] {
  return commandGroups.flatMap((group) => commands.filter((entry) => entry.group === group));
}

function emptyProgram(io: CommandIo): Command {
  return new Command("millrace")
    .description("The AWS data services on one machine: wire-compatible, with real engines behind them.")
    .usage("[command] [flags]")
    .version(version, "--version", "print the version")
    .helpOption("--help", "explain the program, or a command")
    .commandsGroup("Tools:")
    .helpCommand("help [command]", "explain a command")
    .addHelpText("after", helpLines(io.columns))
    .configureHelp({
      subcommandTerm: (command) => command.name(),
      helpWidth: io.columns,
      showGlobalOptions: false,
    })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // What is wrong is said by whoever runs the program, in one line.
      writeErr: () => {},
      getOutHasColors: () => false,
    })
    .showSuggestionAfterError(true)
    .exitOverride()
    .enablePositionalOptions();
}

async function addEntry(program: Command, entry: CommandEntry, io: CommandIo): Promise<void> {
  const before = program.commands.length;
  (await entry.load())(program, io);
  for (const command of program.commands.slice(before)) {
    command.helpGroup(`${entry.group}:`);
    if (command.summary() === "") command.summary(entry.summary);
  }
}

/** Where commander would show the help, because something is missing, we say what it is. */
function problemOf({ code, message }: CommanderError, args: readonly string[]): string {
  if (code !== "commander.help") return message;
  return args[0] === "help"
    ? `unknown command '${args[1] ?? ""}'`
    : `'${args.join(" ")}' needs one of its commands behind it`;
}

/** `Unknown option '--colour'. "millrace start --help" lists them.` of commander's `error: unknown option '--colour'`. */
function sentence(message: string, args: readonly string[]): string {
  const text = message
    .replace(/^error: /, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(/ \((Did you mean .*\?)\)/, ". $1")
    .trim();
  const called = commands.some(({ name }) => name === args[0]) ? `${args[0]} ` : "";
  const ended = /[.?!)]$/.test(text) ? text : `${text}.`;
  return `${ended.slice(0, 1).toUpperCase()}${ended.slice(1)} "millrace ${called}--help" says what there is.`;
}
