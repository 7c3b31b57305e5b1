import { Select } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";
import { type ReactNode, useRef } from "react";
import { useFlow } from "./flow-context.tsx";
import { cardHeight, cardWidth } from "./flow-layout.ts";
import { useFlowShape } from "./flow-store.ts";
import { kindLooks } from "./node-kinds.ts";

/** Goes to a card by its name. */
export function FindNode(): ReactNode {
  const { store, select } = useFlow();
  const { nodes } = useFlowShape(store);
  const { getNode, setCenter } = useReactFlow();
  const input = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => input.current?.focus()]]);
  const go = (id: string | null): void => {
    const found = id === null ? undefined : getNode(id);
    if (id === null || found === undefined) return;
    select(id);
    const { x, y } = found.position;
    void setCenter(x + cardWidth / 2, y + cardHeight / 2, { zoom: 1, duration: 400 });
  };
  return (
    <Select
      ref={input}
      size="xs"
      w={220}
      searchable
      value={null}
      placeholder="Find ( / )"
      aria-label="Find on the map"
      leftSection={<IconSearch size={14} />}
      nothingFoundMessage="Nothing of that name"
      data={nodes.map(({ id, kind, name }) => ({ value: id, label: `${name} · ${kindLooks[kind].label}` }))}
      onChange={go}
      comboboxProps={{ width: 320, position: "bottom-end" }}
    />
  );
}
