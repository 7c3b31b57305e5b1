import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import { AwsCaller } from "../aws-call/aws-caller.ts";
import { CommandError, exitCodes, usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import type { ConnectionFlags } from "../connection/connection.ts";
import { addConnectionFlags } from "../connection/flags.ts";
import { isReady } from "./ready.ts";
import { parseTarget, targetKinds, type WaitTarget } from "./targets.ts";

interface WaitFlags extends ConnectionFlags {
  readonly for?: readonly string[];
  readonly timeout: string;
  readonly quiet?: boolean;
}

const pauseMs = 100;
const maxTimeoutSeconds = 86_400;

/** `millrace wait` */
export function addWait(program: Command, io: CommandIo): void {
  const command = program
    .command("wait")
    .description(
      "Waits until Millrace is ready, and until what is named is in its state. Exit code 4 when it takes too long.",
    )
    .option(
      "--for <target...>",
      `KIND/NAME or KIND/NAME=STATE; kinds and usual states: ${targetKinds.map(({ name, usualState }) => `${name} ${usualState}`).join(", ")}`,
    )
    .option("--timeout <seconds>", "how long at most", "60")
    .option("--quiet", "say nothing");
  addConnectionFlags(command).action(async (flags: WaitFlags) => {
    const timeoutMs = secondsIn(flags.timeout) * 1000;
    const targets = (flags.for ?? []).map(parseTarget);
    const say = (text: string): void => {
      if (!flags.quiet) io.note(text);
    };
    await waitFor(flags, targets, { io, endMs: performance.now() + timeoutMs, timeoutMs, say });
  });
}

interface Waiting {
  readonly io: CommandIo;
  readonly endMs: number;
  readonly timeoutMs: number;
  readonly say: (text: string) => void;
}

async function waitFor(
  flags: ConnectionFlags,
  targets: readonly WaitTarget[],
  waiting: Waiting,
): Promise<void> {
  const { io, say } = waiting;
  const signal = io.interruption();
  // It may be started meanwhile, and say only then where it is.
  const connection = await repeat(waiting, signal, async () => {
    const found = await io.connection(flags).catch((error: unknown) => {
      if (error instanceof CommandError && error.exitCode === exitCodes.unreachable) return undefined;
      throw error;
    });
    if (found === undefined) return { last: `no Millrace runs on ${flags.data}` };
    return (await isReady(found.url))
      ? { done: found }
      : { last: `nothing is ready at ${found.url} (${found.source})` };
  });
  say(`Millrace is ready at ${connection.url}`);
  const caller = new AwsCaller(connection);
  for (const target of targets) {
    await repeat(waiting, signal, async () => {
      const state = await target.kind.state(caller, target.name);
      if (state?.toLowerCase() === target.state.toLowerCase()) return { done: state };
      return {
        last: `${target.kind.name} ${target.name} ${state === undefined ? "does not exist" : `is ${state}`}, not ${target.state}`,
      };
    });
    say(`${target.kind.name} ${target.name} is ${target.state}`);
  }
}

async function repeat<T>(
  { endMs, timeoutMs }: Waiting,
  signal: AbortSignal,
  ask: () => Promise<{ readonly done: T } | { readonly last: string }>,
): Promise<T> {
  for (;;) {
    const answer = await ask();
    if ("done" in answer) return answer.done;
    if (performance.now() >= endMs)
      throw new CommandError(
        `Waited ${timeoutMs / 1000} s, and ${answer.last}. Give it longer with --timeout, or look at "millrace status".`,
        exitCodes.timedOut,
      );
    await sleep(pauseMs, undefined, { signal });
  }
}

function secondsIn(text: string): number {
  const seconds = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds >= 0 && seconds <= maxTimeoutSeconds))
    throw usageError(`--timeout ${JSON.stringify(text)} must be seconds from 0 to ${maxTimeoutSeconds}.`);
  return seconds;
}
