import type { Command } from "commander";
import { settings, variableOf } from "../../server/configuration/settings.ts";
import { startFlags } from "./start-flags.ts";

/** Explains `millrace start`. Its flags are parsed without commander: see `run`. */
export function addStart(program: Command): void {
  const command = program
    .command("start")
    .description("Runs Millrace: the AWS data services on one port of this machine.")
    .helpOption("--help", "explain the command");
  for (const { flags, help } of startFlags) command.option(flags, help);
  command.optionsGroup("Settings:");
  for (const { flag, placeholder, help, fallback } of settings)
    command.option(
      `--${flag} <${placeholder}>`,
      `${help}${fallback === "" ? "" : ` (${fallback})`} [${variableOf(flag)}]`,
    );
}
