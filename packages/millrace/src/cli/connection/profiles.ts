import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { CommandError } from "../command-error.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of each profile: what the credentials file says comes before what the config file says. */
export type Profiles = ReadonlyMap<string, Readonly<Record<string, string>>>;

export interface AwsFiles {
  readonly config: string;
  readonly credentials: string;
}

/** Where the AWS tools keep their settings. */
export function awsFiles(environment: Environment): AwsFiles {
  const home = environment["HOME"] ?? environment["USERPROFILE"] ?? homedir();
  return {
    config: environment["AWS_CONFIG_FILE"] || join(home, ".aws", "config"),
    credentials: environment["AWS_SHARED_CREDENTIALS_FILE"] || join(home, ".aws", "credentials"),
  };
}

export async function readProfiles(environment: Environment): Promise<Profiles> {
  const files = awsFiles(environment);
  const profiles = new Map<string, Record<string, string>>();
  for (const [path, nameOf] of [
    [files.config, configProfile],
    [files.credentials, (section: string) => section],
  ] as const)
    for (const { section, key, value } of entriesOf(await textOf(path))) {
      const name = nameOf(section);
      if (name === undefined) continue;
      const profile = profiles.get(name) ?? {};
      profile[key] = value;
      profiles.set(name, profile);
    }
  return profiles;
}

/** `[profile name]`, or `[default]`; sections of services and of sessions are none. */
function configProfile(section: string): string | undefined {
  return section === "default"
    ? section
    : /^profile\s+(.+)$/
        .exec(section)?.[1]
        ?.trim()
        .replace(/^"(.*)"$/, "$1");
}

interface Entry {
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

/** Lines `key = value` below `[section]`; nested settings, which are indented, are left out. */
function entriesOf(text: string): readonly Entry[] {
  const entries: Entry[] = [];
  let section: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
    if (heading !== undefined) section = heading.trim();
    const setting = /^([A-Za-z0-9_.-]+)\s*=\s*(.*)$/.exec(line);
    if (section === undefined || setting === null) continue;
    const [, key = "", value = ""] = setting;
    entries.push({ section, key: key.toLowerCase(), value: value.replace(/\s+[#;].*$/, "").trim() });
  }
  return entries;
}

/** The file's text; empty where there is none. */
export async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw new CommandError(
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}. Check its permissions.`,
      undefined,
      { cause: error },
    );
  }
}
