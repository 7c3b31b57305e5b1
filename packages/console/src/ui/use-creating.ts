import { useSearchParams } from "react-router";

/** Whether the form that makes a new one is open: it has an address, `?create`. */
export function useCreating(): readonly [isCreating: boolean, setCreating: (value: boolean) => void] {
  const [search, setSearch] = useSearchParams();
  return [search.has("create"), (value) => setSearch(value ? { create: "" } : {})];
}
