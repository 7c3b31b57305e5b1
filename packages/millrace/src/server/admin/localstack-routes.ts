import { randomUUID } from "node:crypto";
import type { HttpResponse } from "../../gateway/http.ts";
import { type Stage, stages } from "../init/stage.ts";
import type { AdminContext } from "./context.ts";
import { instanceRoutes, serviceStates } from "./instance-routes.ts";
import { type AdminRoute, notFound } from "./route.ts";

export const localStackPrefix = "/_localstack/";

/** Services that LocalStack knows by other names. */
const localStackNames: Readonly<Record<string, string>> = { "kinesis-analytics-v2": "kinesisanalyticsv2" };

/** What tools that wait for LocalStack ask for; the answers are LocalStack's in form. */
export function localStackRoutes(context: AdminContext): readonly AdminRoute[] {
  const { initScripts } = context;
  const sessionId = randomUUID();
  const route = (pattern: string, value: AnswerOf): AdminRoute => ({
    ...{ method: "GET", pattern, action: "public" },
    run: ({ parameters }) => pythonAnswer(value(parameters)),
  });
  return [
    route("health", () => ({
      services: namedStates(context),
      edition: "community",
      version: context.version,
    })),
    route("info", () => ({
      version: context.version,
      edition: "community",
      is_license_activated: false,
      session_id: sessionId,
      machine_id: "millrace",
      system: process.platform,
      is_docker: false,
      server_time_utc: new Date(context.clock.now()).toISOString().slice(0, 19),
      uptime: Math.floor((context.clock.now() - context.startedMs) / 1_000),
    })),
    route("init", () => ({
      completed: Object.fromEntries(stages.map((stage) => [stage, initScripts.isCompleted(stage)])),
      scripts: stages.flatMap((stage) => scriptsIn(context, stage)),
    })),
    route("init/:stage", ({ stage: name = "" }) => {
      const stage = stages.find((candidate) => candidate === name.toUpperCase());
      if (stage === undefined) throw notFound(`There is no stage ${name.slice(0, 100)}.`);
      return { completed: initScripts.isCompleted(stage), scripts: scriptsIn(context, stage) };
    }),
    ...resetRoutes(context),
  ];
}

type AnswerOf = (parameters: Readonly<Record<string, string>>) => object;

function namedStates({ services }: AdminContext): Record<string, string> {
  return Object.fromEntries(
    Object.entries(serviceStates(services)).map(([id, state]) => [localStackNames[id] ?? id, state]),
  );
}

function scriptsIn({ initScripts }: AdminContext, stage: Stage): readonly object[] {
  return initScripts.scripts(stage).map(({ name, state }) => ({ stage, name, state }));
}

/** `localstack state reset`. */
function resetRoutes(context: AdminContext): readonly AdminRoute[] {
  const reset = instanceRoutes(context).filter(({ action }) => action === "Reset");
  return reset.flatMap((route): AdminRoute[] => [
    {
      ...route,
      pattern: "state/reset",
      run: (request) => route.run({ ...request, query: new URLSearchParams() }),
    },
    {
      ...route,
      pattern: "state/:service/reset",
      run: (request) =>
        route.run({
          ...request,
          query: new URLSearchParams({ services: request.parameters["service"] ?? "" }),
        }),
    },
  ]);
}

/** Scripts look for `"s3": "running"` in the text, with the space that Python writes. */
function pythonAnswer(value: object): HttpResponse {
  return { status: 200, headers: { "content-type": "application/json" }, body: pythonJson(value) };
}

function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}: ${pythonJson(member)}`,
  );
  return `{${members.join(", ")}}`;
}
