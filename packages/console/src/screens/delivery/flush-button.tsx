import { Button } from "@mantine/core";
import { IconTruckDelivery } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useAction } from "../../api/queries.ts";
import { countText } from "../../ui/format.ts";
import type { Flushed } from "./delivery-data.ts";

/** Delivers what is buffered, and says so when it has arrived. */
export function FlushButton({ name }: { readonly name: string }): ReactNode {
  const flush = useAction(
    (delivery: string, { millrace }) =>
      millrace.post<Flushed>(`deliveries/${encodeURIComponent(delivery)}/flush`),
    { changes: [["millrace"], ["s3"]], done: toldOf },
  );
  return (
    <Button
      size="xs"
      leftSection={<IconTruckDelivery size={16} />}
      loading={flush.isPending}
      onClick={() => flush.mutate(name)}
    >
      Flush now
    </Button>
  );
}

function toldOf({ records, failedRecords, deliveries }: Flushed): string {
  if (records === 0 && failedRecords === 0) return "Nothing was buffered.";
  const failed = failedRecords === 0 ? "" : ` ${countText(failedRecords)} went to the error output.`;
  const [only] = deliveries;
  const where = deliveries.length === 1 && only !== undefined ? ` to ${only.target}` : "";
  return `${countText(records)} ${records === 1 ? "record" : "records"} delivered${where}.${failed}`;
}
