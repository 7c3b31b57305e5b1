import type { PutMetricAlarmInput, StateValue } from "@aws-sdk/client-cloudwatch";

/** What a client set, without its tags. */
export type AlarmConfiguration = Omit<PutMetricAlarmInput, "Tags" | "Metrics">;

/** All that is kept of an alarm. */
export interface AlarmDocument {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly configuration: AlarmConfiguration;
  readonly configuredMs: number;
  readonly state: StateValue;
  readonly reason: string;
  readonly reasonData?: string;
  readonly updatedMs: number;
  /** When the state last became another. */
  readonly transitionedMs: number;
}

export interface AlarmHistoryRow {
  readonly name: string;
  readonly timeMs: number;
  readonly type: "ConfigurationUpdate" | "StateUpdate";
  readonly summary: string;
  /** JSON. */
  readonly data: string;
}
