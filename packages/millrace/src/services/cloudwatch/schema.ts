import { alarmSchema } from "./alarm-table.ts";
import { metricSchema } from "./metric-store.ts";

/** The tables of CloudWatch's file. */
export const cloudwatchSchema: string = metricSchema + alarmSchema;
