import { createContext, useContext } from "react";
import type { FlowStore } from "./flow-store.ts";

export interface FlowContextValue {
  readonly store: FlowStore;
  /** The node that the panel shows. */
  readonly selected: string | undefined;
  readonly select: (id: string | undefined) => void;
  /** Goes to the screen of a node. */
  readonly open: (id: string) => void;
}

export const FlowContext: React.Context<FlowContextValue | undefined> = createContext<
  FlowContextValue | undefined
>(undefined);

export function useFlow(): FlowContextValue {
  const value = useContext(FlowContext);
  if (value === undefined) throw new Error("there is no flow map around this");
  return value;
}
