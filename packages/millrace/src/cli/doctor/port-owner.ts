import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { basename } from "node:path";
import { promisify } from "node:util";

const maxProcesses = 5_000;
const listening = "0A";

/** Which process listens on a TCP port, as far as this user may know: `node (pid 4711)`. */
export async function portOwner(port: number, platform: NodeJS.Platform): Promise<string | undefined> {
  if (platform === "linux") return (await linuxOwner(port)) ?? (await lsofOwner(port));
  return platform === "win32" ? await netstatOwner(port) : await lsofOwner(port);
}

/** /proc/net/tcp knows the socket's inode, /proc/<pid>/fd who has it open. */
async function linuxOwner(port: number): Promise<string | undefined> {
  const tables = await Promise.all(
    ["/proc/net/tcp", "/proc/net/tcp6"].map((path) => readFile(path, "utf8").catch(() => "")),
  );
  const inodes = tables.flatMap((table) => listeningInodes(table, port));
  if (inodes.length === 0) return undefined;
  const wanted = new Set(inodes.map((inode) => `socket:[${inode}]`));
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).slice(0, maxProcesses);
  for (const pid of pids)
    if (await hasOpen(pid, wanted)) {
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return `${commandName(command)} (pid ${pid})`;
    }
  return undefined;
}

/** `node main.ts` of a command line whose parts end with NUL: programs that run others are named with what they run. */
export function commandName(commandLine: string): string {
  const [program = "", first = ""] = commandLine.split("\0").map((part) => basename(part));
  if (program === "") return "a process";
  return /^(node|python|ruby|java|deno|bun)/.test(program) && !first.startsWith("-") && first !== ""
    ? `${program} ${first}`
    : program;
}

/** The inodes of sockets that listen on the port, of a table such as /proc/net/tcp. */
export function listeningInodes(table: string, port: number): readonly string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return table
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(suffix) && columns[3] === listening)
    .flatMap((columns) => columns[9] ?? []);
}

async function hasOpen(pid: string, wanted: ReadonlySet<string>): Promise<boolean> {
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => "")));
  return links.some((link) => wanted.has(link));
}

async function lsofOwner(port: number): Promise<string | undefined> {
  const text = await outputOf("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"]);
  const pid = /^p(\d+)$/m.exec(text)?.[1];
  return pid === undefined ? undefined : `${/^c(.+)$/m.exec(text)?.[1] ?? "a process"} (pid ${pid})`;
}

async function netstatOwner(port: number): Promise<string | undefined> {
  const text = await outputOf("netstat", ["-ano", "-p", "TCP"]);
  const pid = new RegExp(`:${port}\\s+\\S+\\s+LISTENING\\s+(\\d+)`).exec(text)?.[1];
  return pid === undefined ? undefined : `pid ${pid}`;
}

const timeoutMs = 5_000;

/** Empty when there is no such program, or it fails. */
export async function outputOf(program: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, [...args], { timeout: timeoutMs });
    return stdout === "" ? stderr : stdout;
  } catch {
    return "";
  }
}
