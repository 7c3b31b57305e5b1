import { useSearchParams } from "react-router";

/** The parameters of the address, and what changes one; an empty value takes it away. */
export function useSearchValue(): readonly [
  search: URLSearchParams,
  set: (name: string, value: string) => void,
] {
  const [search, setSearch] = useSearchParams();
  const set = (name: string, value: string): void =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === "") next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return [search, set];
}
