import type { FlightTotals } from "./warehouse.ts";

/** A number that must be the same in two places. */
export interface Check {
  readonly what: string;
  readonly expected: number;
  readonly found: number;
}

export interface CheckedTotals {
  /** What the producer has put into the stream. */
  readonly sent: FlightTotals;
  readonly lake: FlightTotals;
  readonly table: FlightTotals;
  readonly windows: FlightTotals;
  /** Of the table, until the last window that is closed. */
  readonly untilClosed: FlightTotals;
  /** `2001-06-30 23:00:00` */
  readonly closed: string;
}

/** What must be equal when no flight is lost, and none is there twice. */
export function checksOf({
  sent,
  lake,
  table,
  windows,
  untilClosed,
  closed,
}: CheckedTotals): readonly Check[] {
  const until = `until ${closed.slice(0, 16)}`;
  return [
    { what: "flights: put into the stream, found in the lake", expected: sent.flights, found: lake.flights },
    { what: "flights: put into the stream, loaded by COPY", expected: sent.flights, found: table.flights },
    { what: "minutes of delay: sent, lake", expected: sent.delayMinutes, found: lake.delayMinutes },
    { what: "minutes of delay: sent, warehouse", expected: sent.delayMinutes, found: table.delayMinutes },
    { what: `flights ${until}: warehouse, windows`, expected: untilClosed.flights, found: windows.flights },
    {
      what: `minutes of delay ${until}: warehouse, windows`,
      expected: untilClosed.delayMinutes,
      found: windows.delayMinutes,
    },
  ];
}

export function holds({ expected, found }: Check): boolean {
  return expected === found;
}
