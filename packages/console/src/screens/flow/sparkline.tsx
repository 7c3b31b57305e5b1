import { memo, type ReactNode } from "react";

export interface SparklineProps {
  readonly values: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly className?: string | undefined;
}

/** A minute in a few pixels; its height is that of its highest second. */
export const Sparkline: (props: SparklineProps) => ReactNode = memo(function Sparkline({
  values,
  width,
  height,
  className,
}: SparklineProps): ReactNode {
  const most = Math.max(...values, 0);
  if (values.length < 2 || most === 0) return null;
  const step = width / (values.length - 1);
  const top = 1.5;
  const y = (value: number): number => height - 0.5 - (value / most) * (height - top - 0.5);
  const line = values.map((value, i) => `${(i * step).toFixed(1)},${y(value).toFixed(1)}`).join(" L");
  return (
    <svg
      className={className}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      <path d={`M0,${height} L${line} L${width},${height} Z`} fill="currentColor" opacity={0.16} />
      <path d={`M${line}`} fill="none" stroke="currentColor" strokeWidth={1.4} strokeLinejoin="round" />
    </svg>
  );
});
