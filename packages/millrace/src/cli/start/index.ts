import type { Command } from "commander";
import { settings } from "../../server/configuration/settings.ts";

/** Explains `millrace start`. Its flags are parsed without commander: see `run`. */
export function addStart(program: Command): void {
  const command = program
    .command("start")
    .description("Runs Millrace: the AWS data services on one port of this machine.")
    .helpOption("--help", "explain the command");
  for (const { flag, placeholder, help } of settings) command.option(`--${flag} <${placeholder}>`, help);
}
