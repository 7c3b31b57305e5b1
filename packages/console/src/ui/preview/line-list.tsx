import { Box } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";

export interface LineListProps {
  readonly label: string;
  readonly lines: readonly string[];
}

const lineHeight = 20;
const maxLineCharacters = 4_000;

/** Any number of lines of text, as they are. */
export function LineList({ label, lines }: LineListProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });
  return (
    <Box
      ref={scroller}
      role="region"
      aria-label={label}
      tabIndex={0}
      ff="monospace"
      fz="xs"
      bd="1px solid var(--mantine-color-default-border)"
      bdrs="sm"
      style={{ flex: 1, minHeight: 160, overflow: "auto", contain: "strict" }}
    >
      <Box pos="relative" h={virtual.getTotalSize()}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <Box
            key={index}
            pos="absolute"
            px="sm"
            lh={`${lineHeight}px`}
            style={{ transform: `translateY(${start}px)`, whiteSpace: "pre" }}
          >
            {(lines[index] ?? "").slice(0, maxLineCharacters)}
          </Box>
        ))}
      </Box>
    </Box>
  );
}
