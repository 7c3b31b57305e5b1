import { useHotkeys } from "@mantine/hooks";
import { useReactFlow } from "@xyflow/react";

const step = 80;
const duration = 120;

/** Arrows move the map, `+` and `-` zoom, `0` shows all of it. */
export function useMapKeys(): void {
  const { getViewport, setViewport, zoomIn, zoomOut, fitView } = useReactFlow();
  const pan = (dx: number, dy: number) => (): void => {
    const { x, y, zoom } = getViewport();
    void setViewport({ x: x + dx * step, y: y + dy * step, zoom }, { duration });
  };
  useHotkeys([
    ["ArrowLeft", pan(1, 0)],
    ["ArrowRight", pan(-1, 0)],
    ["ArrowUp", pan(0, 1)],
    ["ArrowDown", pan(0, -1)],
    ["+", () => void zoomIn({ duration })],
    ["=", () => void zoomIn({ duration })],
    ["-", () => void zoomOut({ duration })],
    ["0", () => void fitView({ padding: 0.07, maxZoom: 1.15, duration: 350 })],
  ]);
}
