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
