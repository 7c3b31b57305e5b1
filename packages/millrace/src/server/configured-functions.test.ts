import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { type Clock, systemClock } from "../core/clock.ts";
import { FunctionError } from "../core/functions-port.ts";
import { type Logger, silentLogger } from "../core/logger.ts";
import { ConfiguredFunctions } from "./configured-functions.ts";
import type { FunctionEntry } from "./function-setting.ts";

const folder = mkdtempSync(join(tmpdir(), "millrace-functions-"));
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
let modules = 0;

/** A module with this text, called `f`. */
function moduleEntry(text: string, extension = "mjs"): FunctionEntry {
  const path = join(folder, `function-${modules++}.${extension}`);
  writeFileSync(path, text);
  return { name: "f", target: { kind: "module", path } };
}

interface Options {
  readonly log?: Logger;
  readonly clock?: Clock;
}

function functionsOf(entries: readonly FunctionEntry[], options: Options = {}): ConfiguredFunctions {
  const created = new ConfiguredFunctions({ clock: systemClock, log: silentLogger, entries, ...options });
  closers.push(() => created.close());
  return created;
}

async function invoke(
  functions: ConfiguredFunctions,
  event: unknown = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<unknown> {
  const answer = await functions.invoke(arn, Buffer.from(JSON.stringify(event)), signal);
  return JSON.parse(answer.toString("utf8"));
}

async function failureOf(running: Promise<unknown>): Promise<readonly [string, string]> {
  const error: unknown = await running.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FunctionError);
  const { failure, message } = error as FunctionError;
  return [failure, message];
}

describe("names", () => {
  const entry = (name: string): FunctionEntry => ({
    name,
    target: { kind: "http", url: "http://127.0.0.1:1/" },
  });

  it.each([
    ["f", arn, true],
    ["f", `${arn}:live`, true],
    ["f", "f", true],
    ["f", "f:1", true],
    ["f:live", `${arn}:live`, true],
    ["f:live", arn, false],
    [arn, arn, true],
    [arn, `${arn}:$LATEST`, true],
    [arn, "arn:aws:lambda:eu-west-1:000000000000:function:f", false],
    ["g", arn, false],
  ])("%s for %s: %s", (name, asked, isKnown) => {
    expect(functionsOf([entry(name)]).has(asked)).toBe(isKnown);
  });

  it("answers notFound for what is not configured", async () => {
    expect((await failureOf(invoke(functionsOf([]))))[0]).toBe("notFound");
  });
});

describe("modules", () => {
  it.each([
    ["an async handler", "export const handler = async (event) => ({ got: event.n });", "mjs"],
    ["a promise", "export function handler(event) { return Promise.resolve({ got: event.n }); }", "mjs"],
    [
      "a callback",
      "exports.handler = (event, context, done) => setImmediate(done, null, { got: event.n });",
      "cjs",
    ],
    [
      "context.succeed",
      "exports.handler = (event, context, done) => context.succeed({ got: event.n });",
      "cjs",
    ],
    ["a plain value", "export const handler = (event) => ({ got: event.n });", "mjs"],
    [
      "TypeScript",
      "export const handler = async (event: { n: number }): Promise<object> => ({ got: event.n });",
      "ts",
    ],
  ])("answer by %s", async (_, text, extension) => {
    expect(await invoke(functionsOf([moduleEntry(text, extension)]), { n: 7 })).toEqual({ got: 7 });
  });

  it("get a context and no settings of Millrace", async () => {
    process.env["MILLRACE_TEST_SECRET"] = "hidden";
    closers.push(() => delete process.env["MILLRACE_TEST_SECRET"]);
    const text = `export const handler = async (_, context) => ({
      arn: context.invokedFunctionArn, name: context.functionName,
      hasTime: context.getRemainingTimeInMillis() > 0, hasId: context.awsRequestId.length,
      secret: process.env.MILLRACE_TEST_SECRET ?? null, hasPath: process.env.PATH !== undefined,
    });`;
    expect(await invoke(functionsOf([moduleEntry(text)]))).toEqual({
      arn,
      name: "f",
      hasTime: true,
      hasId: 36,
      secret: null,
      hasPath: true,
    });
  });

  it.each([
    ["throw", 'export const handler = async () => { throw new Error("broken"); };', "broken"],
    [
      "call back with an error",
      'export const handler = (e, c, done) => done(new Error("broken"));',
      "broken",
    ],
    ["answer what is no JSON", "export const handler = async () => 1n;", "BigInt"],
    ["have no handler", "export const other = 1;", "handler"],
    ["do not load", "this is no module", "SyntaxError"],
    ["end their thread", "export const handler = () => process.exit(3);", "code 3"],
    [
      "throw when nobody looks",
      'export const handler = () => new Promise(() => setImmediate(() => { throw new Error("late"); }));',
      "late",
    ],
  ])("that %s fail the invocation", async (_, text, message) => {
    const [failure, shown] = await failureOf(invoke(functionsOf([moduleEntry(text)])));
    expect([failure, shown]).toEqual(["failed", expect.stringContaining(message)]);
  });

  it("work again after their thread has ended", async () => {
    const text = "export const handler = async (event) => (event.die ? process.exit(1) : { ok: true });";
    const functions = functionsOf([moduleEntry(text)]);
    expect((await failureOf(invoke(functions, { die: true })))[0]).toBe("failed");
    expect(await invoke(functions)).toEqual({ ok: true });
  });

  it("are ended when the signal says so, even in an endless loop", async () => {
    const stop = new AbortController();
    const marker = join(folder, "hanging");
    const text = `import { writeFileSync } from "node:fs";
    export const handler = (event) => {
      if (event.marker === undefined) return { ok: true };
      writeFileSync(event.marker, "");
      for (;;);
    };`;
    const functions = functionsOf([moduleEntry(text)]);
    const running = invoke(functions, { marker }, stop.signal);
    while (!existsSync(marker)) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new FunctionError("timedOut", "enough"));
    expect(await failureOf(running)).toEqual(["timedOut", "enough"]);
    expect(await invoke(functions)).toEqual({ ok: true });
  });

  it("run several invocations at once, each in a thread of its own", async () => {
    const text = `let busy = 0;
    export const handler = async (event) => {
      busy++;
      await new Promise((resolve) => setImmediate(resolve));
      const seen = busy--;
      return { n: event.n, seen };
    };`;
    const functions = functionsOf([moduleEntry(text)]);
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => invoke(functions, { n })));
    expect(answers).toEqual(Array.from({ length: 12 }, (_, n) => ({ n, seen: 1 })));
  });

  it("write to the log", async () => {
    const lines: unknown[] = [];
    const written = Promise.withResolvers<void>();
    const log: Logger = {
      ...silentLogger,
      child: () => log,
      info: (fields) => {
        lines.push(fields);
        written.resolve();
      },
    };
    const text = 'export const handler = async () => { console.log("a line"); return 1; };';
    await invoke(functionsOf([moduleEntry(text)], { log }));
    await written.promise;
    expect(lines).toEqual([{ line: "a line" }]);
  });

  it("say in the log why they failed, in a bounded line", async () => {
    const lines: [object, string][] = [];
    const log: Logger = {
      ...silentLogger,
      child: () => log,
      warn: (fields, message) => void lines.push([fields, message]),
    };
    const text =
      'export const handler = async ({ n }) => { throw new Error("bro" + "k".repeat(n) + "en"); };';
    const functions = functionsOf([moduleEntry(text)], { log });
    await failureOf(invoke(functions, { n: 1 }));
    await failureOf(invoke(functions, { n: 100_000 }));
    expect(lines[0]).toEqual([
      { function: arn, failure: "failed" },
      expect.stringMatching(/failed: .*broken/),
    ]);
    expect(lines[1]?.[1].length).toBeLessThan(2_100);
  });
});

describe("HTTP addresses", () => {
  async function serve(listener: RequestListener): Promise<ConfiguredFunctions> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/2015-03-31/functions/function/invocations`;
    return functionsOf([{ name: "f", target: { kind: "http", url } }]);
  }

  async function bodyOf(request: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString("utf8");
  }

  it("get the payload with POST", async () => {
    const functions = await serve(async (request, response) => {
      const { method, url } = request;
      response.end(JSON.stringify({ method, url, event: JSON.parse(await bodyOf(request)) }));
    });
    expect(await invoke(functions, { n: 7 })).toEqual({
      method: "POST",
      url: "/2015-03-31/functions/function/invocations",
      event: { n: 7 },
    });
  });

  it.each<[string, RequestListener, string]>([
    ["status 500", (_, response) => response.writeHead(500).end("no"), "failed"],
    ["status 429", (_, response) => response.writeHead(429).end(), "throttled"],
    ["status 404", (_, response) => response.writeHead(404).end(), "notFound"],
    [
      "a header",
      (_, response) => response.setHeader("X-Amz-Function-Error", "Unhandled").end("{}"),
      "failed",
    ],
    [
      "the emulator's body",
      (_, response) => response.end('{"errorMessage":"broken","errorType":"Error","stackTrace":[]}'),
      "failed",
    ],
    [
      "a redirect",
      (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
      "unreachable",
    ],
    ["a closed connection", (request) => request.socket.destroy(), "unreachable"],
    ["too much", (_, response) => response.end(Buffer.alloc(8 * 1024 * 1024)), "failed"],
  ])("say by %s that they failed", async (_, listener, failure) => {
    expect((await failureOf(invoke(await serve(listener))))[0]).toBe(failure);
  });

  it("that nobody listens at are unreachable", async () => {
    const functions = functionsOf([{ name: "f", target: { kind: "http", url: "http://127.0.0.1:1/" } }]);
    expect((await failureOf(invoke(functions)))[0]).toBe("unreachable");
  });

  it("end with the signal", async () => {
    const stop = new AbortController();
    const functions = await serve(() => stop.abort(new FunctionError("timedOut", "enough")));
    expect(await failureOf(invoke(functions, {}, stop.signal))).toEqual(["timedOut", "enough"]);
  });
});
