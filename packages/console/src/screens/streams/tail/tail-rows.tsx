import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, type ReactNode, useRef, useState } from "react";
import { bytesText } from "../../../ui/format.ts";
import type { Format } from "../decode/payload.ts";
import { shortShard } from "../stream-data.ts";
import classes from "./tail.module.css";
import type { TailRecord } from "./tail-record.ts";

const rowHeight = 28;

export interface TailRowsProps {
  /** Newest first. */
  readonly rows: readonly TailRecord[];
  readonly format: Format;
  readonly selected: string | undefined;
  readonly onOpen: (record: TailRecord) => void;
  /** Whether somebody reads further down, where rows must not move. */
  readonly onScrolled: (isScrolled: boolean) => void;
}

/** Only those in sight are drawn. */
export function TailRows({ rows, format, selected, onOpen, onScrolled }: TailRowsProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<number | undefined>(undefined);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = rows.findIndex(({ n }) => n === cursor);
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 20, PageUp: -20 }[event.key];
    const record = rows[Math.max(0, Math.min(at + (step ?? 0), rows.length - 1))];
    if (event.key === "Enter" && record !== undefined && at >= 0) onOpen(record);
    if (event.key === "Home") virtual.scrollToOffset(0);
    if (step === undefined || record === undefined) return;
    event.preventDefault();
    setCursor(record.n);
    virtual.scrollToIndex(rows.indexOf(record));
  };
  return (
    <div
      ref={scroller}
      className={classes["rows"]}
      role="grid"
      aria-label="Records"
      aria-rowcount={rows.length}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => onScrolled(event.currentTarget.scrollTop > rowHeight)}
    >
      <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const record = rows[index];
          return record === undefined ? undefined : (
            <TailRow
              // A row of the page is used again for whatever is there now: that is less work than a new one.
              key={index}
              record={record}
              start={start}
              format={format}
              isCursor={record.n === cursor}
              isSelected={record.id === selected}
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
}

interface TailRowProps {
  readonly record: TailRecord;
  readonly start: number;
  readonly format: Format;
  readonly isCursor: boolean;
  readonly isSelected: boolean;
  readonly onOpen: (record: TailRecord) => void;
}

const TailRow = memo(function TailRow(props: TailRowProps): ReactNode {
  const { record, start, format, isCursor, isSelected, onOpen } = props;
  const { steps } = record.payload(format);
  return (
    <div
      role="row"
      tabIndex={-1}
      className={classes["row"]}
      data-cursor={isCursor || undefined}
      data-selected={isSelected || undefined}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => onOpen(record)}
    >
      <span role="gridcell" className={classes["dim"]}>
        {timeOfDay(record.arrivalMs)}
      </span>
      <span role="gridcell" className={classes["dim"]} title={record.shard}>
        {shortShard(record.shard)}
      </span>
      <span role="gridcell" title={record.key}>
        {record.key}
      </span>
      <span role="gridcell" className={`${classes["dim"]} ${classes["right"]}`}>
        {bytesText(record.data.length)}
      </span>
      <span role="gridcell" className={`${classes["dim"]} ${classes["format"]}`}>
        {record.subSequence === undefined ? "" : "KPL "}
        {steps.join(" ")}
      </span>
      <span role="gridcell">{record.preview(format)}</span>
    </div>
  );
});

/** To the millisecond, in the browser's zone. */
function timeOfDay(ms: number): string {
  const date = new Date(ms);
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) =>
    `${part}`.padStart(2, "0"),
  );
  return `${parts.join(":")}.${`${date.getMilliseconds()}`.padStart(3, "0")}`;
}
