import { JqCompileError, type JqProgram, jqProgram } from "../../server/record-tools.ts";
import { CommandError, usageError } from "../command-error.ts";

/** Gives each record its partition key. */
export interface PartitionKeys {
  /** One key a line, in their order. @throws CommandError */
  of(lines: readonly Uint8Array[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

const maxKeyChars = 256;

/** Keys that spread records over all shards. */
export function randomKeys(): PartitionKeys {
  return {
    async of(lines) {
      return lines.map(() => crypto.randomUUID());
    },
    async close() {},
  };
}

/** Keys that a jq expression finds in each record. @throws CommandError when it does not compile */
export async function keysByJq(expression: string): Promise<PartitionKeys> {
  const program = jqProgram(expression);
  try {
    await program.check();
  } catch (error) {
    await program.close();
    if (!(error instanceof JqCompileError)) throw error;
    throw usageError(`--key is no jq expression: ${error.message.replace(/\s+/g, " ")}. Try '.user'.`);
  }
  return {
    of: (lines) => keysOf(program, lines),
    close: () => program.close(),
  };
}

async function keysOf(program: JqProgram, lines: readonly Uint8Array[]): Promise<readonly string[]> {
  const texts = lines.map(jsonOf);
  const results = await program.run(texts);
  return results.map((result, index) => {
    const value = "error" in result ? undefined : result.values[0];
    const key = typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
    if (key !== "" && key.length <= maxKeyChars) return key;
    const reason = "error" in result ? result.error : `it is ${JSON.stringify(value) ?? "nothing"}`;
    throw new CommandError(
      `--key gives no key of 1 to ${maxKeyChars} characters for ${texts[index]?.slice(0, 80)}: ${reason}.`,
    );
  });
}

/** Without line breaks, as jq gets one record a line. */
function jsonOf(line: Uint8Array): string {
  const text = Buffer.from(line).toString();
  try {
    JSON.parse(text);
    return text.replace(/[\r\n]+/g, " ");
  } catch {
    throw new CommandError(`--key needs records that are JSON; this one is not: ${text.slice(0, 80)}`);
  }
}
