import type { TableDefinition } from "../../../sql/flink/relation.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { Connector } from "../connector-port.ts";

/** Connectors of Flink that are known and not there, with the reason. */
const reasons: Readonly<Record<string, string>> = {
  kafka: "there is no Kafka broker in this Millrace yet",
  "upsert-kafka": "there is no Kafka broker in this Millrace yet",
  jdbc: "connector 'jdbc' is not supported by the embedded engine",
  dynamodb: "connector 'dynamodb' is not supported by the embedded engine",
  elasticsearch:
    "connector 'elasticsearch' is not supported by the embedded engine; deliver through Firehose",
  opensearch: "connector 'opensearch' is not supported by the embedded engine; deliver through Firehose",
  hbase: "connector 'hbase' is not supported by the embedded engine",
  iceberg: "connector 'iceberg' is not supported by the embedded engine",
  hudi: "connector 'hudi' is not supported by the embedded engine",
  mongodb: "connector 'mongodb' is not supported by the embedded engine",
  "mysql-cdc": "connector 'mysql-cdc' is not supported by the embedded engine",
  "postgres-cdc": "connector 'postgres-cdc' is not supported by the embedded engine",
};

export function refusedConnectors(): readonly Connector[] {
  return Object.entries(reasons).map(([name, reason]): Connector => {
    const refuse = (table: TableDefinition): never => {
      throw new SqlError("0A000", `table ${table.path.join(".")}: ${reason}; it runs on Apache Flink itself`);
    };
    return { name, metadata: {}, checkSource: refuse, checkSink: refuse };
  });
}
