import { allPages } from "../../api/all-pages.ts";
import { useAws } from "../../api/queries.ts";

/** What clusters can be made of, as DescribeOrderableClusterOptions lists it. */
export function useNodeTypes(): readonly string[] {
  const found = useAws("redshift", ["orderable"], async (redshift) => {
    const options = await allPages(async (Marker) => {
      const output = await redshift.describeOrderableClusterOptions({ Marker });
      return { items: output.OrderableClusterOptions, next: output.Marker };
    });
    return [...new Set(options.flatMap(({ NodeType }) => NodeType ?? []))].sort();
  });
  return found.data ?? [];
}
