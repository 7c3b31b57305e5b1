import type { Command } from "commander";
import { messageOf } from "../../core/errors.ts";
import { type Configuration, configurationOf, loadConfiguration } from "../../server/configuration.ts";
import { exitCodes } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import { type Check, type Finding, ok, problem } from "./check.ts";

interface DoctorFlags {
  readonly data?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** `millrace doctor` */
export function addDoctor(program: Command, io: CommandIo): void {
  program
    .command("doctor")
    .description(
      "Looks for what would keep Millrace from starting here, or AWS's tools from finding it, and says how to mend it. Exit code 1 when there is a problem.",
    )
    .option("--data <directory>", "the data directory to look at; the configured one when not given")
    .option("--config <file>", "configuration file; ./millrace.config.ts and the like when not given")
    .option("--json", "one JSON object a finding")
    .action(async (flags: DoctorFlags) => {
      const findings = await examine(flags, io);
      for (const finding of findings)
        if (flags.json) io.printJson(finding);
        else for (const line of findingLines(finding, io)) io.print(line);
      const problems = findings.filter(({ level }) => level === "problem").length;
      const warnings = findings.filter(({ level }) => level === "warning").length;
      if (!flags.json) io.print(`\n${verdict(problems, warnings)}`);
      if (problems > 0) io.exitWith(exitCodes.failed);
    });
}

async function examine(flags: DoctorFlags, io: CommandIo): Promise<readonly Finding[]> {
  const { configuration, finding } = await configured(flags, io);
  const patient = { configuration, environment: io.environment, platform: process.platform };
  const findings: Finding[] = [finding];
  for (const check of await checks())
    try {
      findings.push(...(await check(patient)));
    } catch (error) {
      findings.push(problem(check.name, messageOf(error), "Report it, with this line."));
    }
  return findings;
}

async function configured(
  { data, config }: DoctorFlags,
  io: CommandIo,
): Promise<{ readonly configuration: Configuration; readonly finding: Finding }> {
  const args = data === undefined ? [] : ["--data", data];
  try {
    const { configuration, file } = await loadConfiguration({
      ...{ args, environment: io.environment, folder: process.cwd(), file: config },
    });
    return { configuration, finding: ok("Configuration", file ?? "defaults, no file") };
  } catch (error) {
    const finding = problem("Configuration", messageOf(error), '"millrace config" shows every setting.');
    return { configuration: configurationOf(data === undefined ? {} : { data }), finding };
  }
}

async function checks(): Promise<readonly Check[]> {
  const { checkNode, checkMachine, checkOpenFiles, checkEngines } = await import("./machine.ts");
  const { checkPorts } = await import("./ports.ts");
  const { checkData } = await import("./data.ts");
  const { checkAwsCli, checkEnvironment } = await import("./surroundings.ts");
  return [
    checkNode,
    checkMachine,
    checkOpenFiles,
    checkEngines,
    checkPorts,
    checkData,
    checkEnvironment,
    checkAwsCli,
  ];
}

const nameColumns = 22;

/** A line, and one below it with what to do. */
export function findingLines(
  { name, level, found, fix }: Finding,
  io: Pick<CommandIo, "style">,
): readonly string[] {
  const mark =
    level === "ok"
      ? io.style("green", "✓")
      : level === "warning"
        ? io.style("yellow", "!")
        : io.style("red", "✗");
  const line = `${mark} ${name.padEnd(nameColumns)} ${found}`;
  return fix === undefined ? [line] : [line, `  ${" ".repeat(nameColumns)} ${io.style("bold", "→")} ${fix}`];
}

function verdict(problems: number, warnings: number): string {
  const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;
  if (problems + warnings === 0) return "All is well.";
  if (problems === 0) return `${count(warnings, "warning")}; nothing keeps Millrace from starting.`;
  return `${count(problems, "problem")}, ${count(warnings, "warning")}.`;
}
