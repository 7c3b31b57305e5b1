import { CommandIo } from "../../packages/millrace/src/cli/command-io.ts";
import { wholeProgram } from "../../packages/millrace/src/cli/program.ts";
import { localStackVariables } from "../../packages/millrace/src/server/configuration/localstack-layer.ts";
import { settings, variableOf } from "../../packages/millrace/src/server/configuration/settings.ts";
import type { Finding, Tree } from "./tree.ts";

// Of the commander that the command line has; others depend on an older one.
type Command = Awaited<ReturnType<typeof wholeProgram>>;
type Option = Command["options"][number];
type Argument = Command["registeredArguments"][number];

const rule = "reference";

/** Parts of pages that are made from the code, by the name between their marks. */
const parts: Readonly<Record<string, Readonly<Record<string, () => string | Promise<string>>>>> = {
  "docs/configuration.md": { settings: settingTable, localstack: localStackTable },
  "docs/cli.md": { commands: commandReference },
};

/** The pages that have such parts. */
export const referencePaths: readonly string[] = Object.keys(parts);

/** The page with its parts made anew, or why that cannot be. */
export async function freshReference(
  path: string,
  text: string,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  let fresh = text;
  for (const [name, make] of Object.entries(parts[path] ?? {})) {
    const startMark = `<!-- ${name}:start -->`;
    const start = fresh.indexOf(startMark);
    const end = fresh.indexOf(`<!-- ${name}:end -->`);
    if (start === -1 || end < start)
      return { problem: `put ${startMark} and <!-- ${name}:end --> where it belongs` };
    fresh = `${fresh.slice(0, start + startMark.length)}\n\n${(await make()).trim()}\n\n${fresh.slice(end)}`;
  }
  return { text: fresh };
}

/** The references of the command line and of the settings show what the code takes. */
export async function referencePages(tree: Tree): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const path of referencePaths) {
    const page = tree.get(path);
    if (page === undefined) continue;
    const fresh = await freshReference(path, page.text);
    if ("problem" in fresh) findings.push({ path, line: 1, rule, message: fresh.problem });
    else if (fresh.text !== page.text)
      findings.push({ path, line: 1, rule, message: "it is out of date: `npm run coverage` writes it" });
  }
  return findings;
}

function settingTable(): string {
  const rows = settings.map(({ key, flag, placeholder, fallback, help }) => [
    `\`${key}\``,
    `\`--${flag} ${placeholder}\``,
    `\`${variableOf(flag)}\``,
    fallback === "" ? "" : `\`${fallback}\``,
    help,
  ]);
  return table(["Key in the file", "Flag", "Variable", "Default", "Meaning"], rows);
}

function localStackTable(): string {
  const keyOf = new Map(settings.map(({ flag, key }) => [flag, key]));
  const rows = localStackVariables.map(({ name, flags, help }) => [
    `\`${name}\``,
    flags.map((flag) => `\`${keyOf.get(flag)}\``).join(", "),
    help,
  ]);
  return table(["Variable", "Sets", "How"], rows);
}

const connectionGroup = "Where Millrace is:";
const settingsGroup = "Settings:";

async function commandReference(): Promise<string> {
  const { stdin, stdout, stderr } = process;
  const program = await wholeProgram(new CommandIo({ stdin, stdout, stderr, environment: {} }));
  return program.commands.map((command) => commandSection(command, "millrace", "###")).join("\n\n");
}

function commandSection(command: Command, parent: string, heading: string): string {
  const name = `${parent} ${command.name()}`;
  const words = command.registeredArguments.map(argumentTerm);
  const flags = command.options.filter(({ hidden }) => !hidden);
  const own = flags.filter(
    ({ helpGroupHeading: group }) => group !== connectionGroup && group !== settingsGroup,
  );
  const usage = [name, ...(flags.length > 0 ? ["[flags]"] : []), ...words].join(" ");
  const rows = [
    ...command.registeredArguments.map((argument) => [
      `\`${argumentTerm(argument)}\``,
      argument.description,
      "",
    ]),
    ...own.map((option) => [`\`${option.flags}\``, option.description, defaultOf(option)]),
  ];
  const sections = [
    `${heading} ${name}`,
    command.description(),
    ...(command.commands.length > 0 ? [] : [`\`${usage}\``]),
    ...(rows.length > 0 ? [table(["", "", "Default"], rows)] : []),
    ...(own.length < flags.length ? [furtherFlags(flags)] : []),
    ...command.commands.map((child) => commandSection(child, name, `${heading}#`)),
  ];
  return sections.join("\n\n");
}

function furtherFlags(flags: readonly Option[]): string {
  return flags.some(({ helpGroupHeading }) => helpGroupHeading === settingsGroup)
    ? "And a flag for each [setting](configuration.md#settings)."
    : "And the flags that say [where Millrace is](#where-millrace-is).";
}

function argumentTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function defaultOf({ defaultValue }: Option): string {
  return typeof defaultValue === "string" || typeof defaultValue === "number" ? `\`${defaultValue}\`` : "";
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map(escaped).join(" | ")} |`.replace(/ {2}\|$/, " |");
  return [line(heads), `|${"---|".repeat(heads.length)}`, ...rows.map(line)].join("\n");
}

/** Outside of code, what stands between angle brackets would be HTML. */
function escaped(cell: string): string {
  const text = cell.replaceAll("|", "\\|");
  return text.startsWith("`") ? text : text.replaceAll("<", "\\<");
}
