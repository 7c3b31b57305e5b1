import type { Command } from "commander";
import type { ResolvedSettings, SettingSource } from "../../server/configuration/resolved.ts";
import { type Setting, settings } from "../../server/configuration/settings.ts";
import { loadConfiguration } from "../../server/configuration.ts";
import { usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import { splitStartFlags } from "../start/start-flags.ts";
import { alignedRows } from "../tables.ts";

/** `millrace config` */
export function addConfig(program: Command, io: CommandIo): void {
  program
    .command("config")
    .description(
      "Shows the settings that a start in this directory would have, and where each comes from. Takes the flags of start.",
    )
    .argument("[flags...]", "flags of start, such as --port 0")
    .option("--config <file>", "configuration file; ./millrace.config.ts and the like when not given")
    .option("--json", "as JSON")
    .allowUnknownOption()
    .action(async (args: readonly string[], flags: { readonly config?: string; readonly json?: boolean }) => {
      const own = splitStartFlags(args);
      if (own.requests) throw usageError("--requests is no setting. Leave it out.");
      const loaded = await loadConfiguration({
        args: own.settings,
        environment: io.environment,
        folder: process.cwd(),
        file: flags.config,
      });
      const shown = shownSettings(loaded.settings);
      if (flags.json || own.json) {
        io.printJson({ file: loaded.file ?? null, settings: Object.fromEntries(shown.map(jsonEntry)) });
        return;
      }
      for (const line of lines(shown, io)) io.print(line);
    });
}

interface ShownSetting {
  readonly setting: Setting;
  readonly value: string;
  readonly source: SettingSource;
}

/** Every setting as text; secrets are not in it. */
export function shownSettings(resolved: ResolvedSettings): readonly ShownSetting[] {
  return settings.map((setting) => {
    const text = resolved.texts[setting.flag];
    const value = setting.isSecret && text !== "" ? "********" : text;
    return { setting, value, source: resolved.sourceOf(setting.flag) };
  });
}

function jsonEntry({ setting, value, source }: ShownSetting): [string, object] {
  return [setting.key, { value: value === "" ? null : value, from: sourceText(source) }];
}

function lines(shown: readonly ShownSetting[], io: CommandIo): readonly string[] {
  const rows = shown.map(({ setting, value, source }) => [
    setting.key,
    value === "" ? "-" : value,
    sourceText(source),
  ]);
  return alignedRows([["Setting", "Value", "From"], ...rows]).map((line, index) => {
    if (index === 0) return io.style("bold", line);
    return shown[index - 1]?.source.kind === "default" ? io.style("dim", line) : line;
  });
}

function sourceText(source: SettingSource): string {
  return source.kind === "default" ? "default" : source.name;
}
