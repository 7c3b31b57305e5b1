import { useAws } from "../../api/queries.ts";

/** What clusters can be made of, as DescribeOrderableClusterOptions lists it. */
export function useNodeTypes(): readonly string[] {
  const found = useAws("redshift", ["orderable"], async (redshift) => {
    const types = new Set<string>();
    let marker: string | undefined;
    do {
      const page = await redshift.describeOrderableClusterOptions({
        ...(marker !== undefined && { Marker: marker }),
      });
      for (const { NodeType } of page.OrderableClusterOptions ?? [])
        if (NodeType !== undefined) types.add(NodeType);
      marker = page.Marker;
    } while (marker !== undefined && marker !== "");
    return [...types].sort();
  });
  return found.data ?? [];
}
