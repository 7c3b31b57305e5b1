import type { LogSink } from "../core/telemetry.ts";
import { LogsState, logSchema } from "../services/logs/index.ts";
import { openMetricSink, openSqlFile } from "./open-metrics.ts";
import type { ServiceContext } from "./service-context.ts";

/** CloudWatch Logs in `<data>/logs`: services write their lines to it, as a `LogSink`. */
export function openLogGroups(context: ServiceContext): Promise<LogsState> {
  return context.platform.part("log-groups", async ({ onClose, onReset }) => {
    const { clock, log, tokens } = context;
    const metrics = await openMetricSink(context);
    const file = openSqlFile(context, "logs", "events.sqlite", logSchema);
    const state = new LogsState({ clock, log, file, tokens, metrics });
    onClose(() => {
      state.close();
      file.close();
    });
    onReset(() => state.reset());
    return state;
  });
}

/** CloudWatch Logs for those who seldom write: opened by the first line. */
export function lazyLogSink(context: ServiceContext): LogSink {
  return {
    async write(account, region, group, stream, timeMs, message) {
      await (await openLogGroups(context)).write(account, region, group, stream, timeMs, message);
    },
  };
}
