import type { Command } from "commander";
import { usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import { type CompletedCommand, completionScript, completionShells } from "./scripts.ts";

/** `millrace completion bash`; the program has all of its commands then. */
export function addCompletion(program: Command, io: CommandIo): void {
  program
    .command("completion")
    .description('Prints a script that completes commands and flags: eval "$(millrace completion bash)".')
    .argument("<shell>", completionShells.join(", "))
    .action((shell: string) => {
      if (!completionShells.includes(shell))
        throw usageError(`There is no completion for ${shell}. Use one of ${completionShells.join(", ")}.`);
      io.print(completionScript(shell, program.commands.map(completed)));
    });
}

function completed(command: Command): CompletedCommand {
  const parts = [command, ...command.commands];
  const flags = parts.flatMap((part) => part.options.flatMap(({ long }) => long ?? []));
  return {
    name: command.name(),
    summary: command.summary(),
    words: [...command.commands.map((part) => part.name()), ...new Set(flags)],
  };
}
