import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { SqlFile } from "../core/sql-file.ts";
import { type MetricSink, noMetrics } from "../core/telemetry.ts";
import { CloudwatchState, cloudwatchSchema } from "../services/cloudwatch/index.ts";
import type { ServiceContext } from "./service-context.ts";

/** CloudWatch's metrics in `<data>/cloudwatch`: what other services publish goes to its aggregator. */
export function openMetrics(context: ServiceContext): Promise<CloudwatchState> {
  return context.platform.part("metrics", async ({ onClose, onReset }) => {
    const { clock, log, tokens } = context;
    const file = openSqlFile(context, "cloudwatch", "metrics.sqlite", cloudwatchSchema);
    const state = new CloudwatchState({ clock, log, file, tokens });
    onClose(async () => {
      await state.close();
      file.close();
    });
    onReset(() => state.reset());
    return state;
  });
}

/** Where services publish; nowhere when no CloudWatch runs that could show it. */
export async function openMetricSink(context: ServiceContext): Promise<MetricSink> {
  const { services } = context.configuration;
  if (services !== undefined && !services.includes("cloudwatch")) return noMetrics;
  return (await openMetrics(context)).aggregator;
}

/** A SQLite file below the data directory; in memory when nothing is kept. */
export function openSqlFile(context: ServiceContext, folder: string, name: string, schema: string): SqlFile {
  const { directory, configuration } = context;
  if (!directory.isKept) return new SqlFile({ path: ":memory:", sync: "off", schema });
  const path = directory.folder(folder);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const sync = configuration.durability.mode === "sync" ? "full" : "normal";
  return new SqlFile({ path: join(path, name), sync, schema });
}
