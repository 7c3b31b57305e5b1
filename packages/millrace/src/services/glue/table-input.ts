import type { CreateTableRequest } from "@aws-sdk/client-glue";
import type { Input } from "../../gateway/service.ts";
import type { TableDefinition } from "../../kernels/catalog/index.ts";
import { invalidInput, notImplemented } from "./errors.ts";

type TableRequest = Pick<Input<CreateTableRequest>, "Name" | "TableInput" | "TransactionId">;

/** The table that a request describes. @throws ServiceError for what is wrong with it or cannot be kept */
export function tableDefinition(input: TableRequest): {
  readonly name: string;
  readonly definition: TableDefinition;
} {
  if (input.TransactionId !== undefined) throw notImplemented("transactions of governed tables");
  if (input.TableInput === undefined) throw invalidInput("TableInput is required.");
  const { Name, FederatedTable, ViewDefinition, ...definition } = input.TableInput;
  if (FederatedTable !== undefined) throw notImplemented("federated tables");
  if (ViewDefinition !== undefined) throw notImplemented("Data Catalog views (ViewDefinition)");
  return { name: Name, definition };
}
