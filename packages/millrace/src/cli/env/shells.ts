import { usageError } from "../command-error.ts";

/** How one shell, or one kind of file, sets a variable and takes it away. */
interface Shell {
  readonly set: (name: string, value: string) => string;
  readonly unset: (name: string) => string;
  /** What to type so that the shell takes the lines. */
  readonly usage: string;
}

const posix: Shell = {
  set: (name, value) => `export ${name}=${singleQuoted(value)}`,
  unset: (name) => `unset ${name}`,
  usage: 'eval "$(millrace env)"',
};

const shells: Readonly<Record<string, Shell>> = {
  bash: posix,
  zsh: posix,
  sh: posix,
  fish: {
    set: (name, value) => `set -gx ${name} '${value.replaceAll(/[\\']/g, "\\$&")}'`,
    unset: (name) => `set -e ${name}`,
    usage: "millrace env --shell fish | source",
  },
  powershell: {
    set: (name, value) => `$env:${name} = '${value.replaceAll("'", "''")}'`,
    unset: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`,
    usage: "millrace env --shell powershell | Out-String | Invoke-Expression",
  },
  cmd: {
    set: (name, value) => `set "${name}=${cmdSafe(name, value)}"`,
    unset: (name) => `set "${name}="`,
    usage: "for /f \"delims=\" %i in ('millrace env --shell cmd') do @%i",
  },
  dotenv: {
    set: (name, value) => `${name}=${/^[\w./:+=@-]*$/.test(value) ? value : doubleQuoted(value)}`,
    unset: (name) => `# ${name}=`,
    usage: "millrace env --shell dotenv > .env",
  },
};

export const shellNames: readonly string[] = [...Object.keys(shells), "json"];

/** The shell that most likely reads the lines. */
export function likelyShell(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): string {
  const name =
    (environment["SHELL"] ?? "")
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\.exe$/, "") ?? "";
  if (Object.hasOwn(shells, name)) return name;
  return platform === "win32" ? "powershell" : "bash";
}

/** Variables to set, and to take away: undefined. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** @throws CommandError when there is no such shell, or it cannot take a value */
export function environmentLines(variables: Variables, shellName: string): readonly string[] {
  if (shellName === "json") return [JSON.stringify(asJson(variables))];
  const shell = shellNamed(shellName);
  return Object.entries(variables).map(([name, value]) =>
    value === undefined ? shell.unset(name) : shell.set(name, value),
  );
}

export function usageOf(shellName: string): string | undefined {
  return shellName === "json" ? undefined : shellNamed(shellName).usage;
}

function shellNamed(name: string): Shell {
  const shell = Object.hasOwn(shells, name) ? shells[name] : undefined;
  if (shell === undefined)
    throw usageError(`--shell ${name} is unknown. Use one of ${shellNames.join(", ")}.`);
  return shell;
}

function asJson(variables: Variables): object {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value ?? null]));
}

function singleQuoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

function doubleQuoted(value: string): string {
  return `"${value.replaceAll(/["\\$`]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}

/** cmd has no way to quote these in a value that works both at the prompt and in a batch file. */
function cmdSafe(name: string, value: string): string {
  if (/["%!\r\n]/.test(value))
    throw usageError(`${name} has a character in it that cmd cannot take. Use --shell powershell.`);
  return value;
}
