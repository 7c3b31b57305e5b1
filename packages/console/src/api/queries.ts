import { notifications } from "@mantine/notifications";
import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useConsole } from "./console-context.tsx";
import type { CallOptions } from "./millrace.ts";
import type { ServiceClients, ServiceId } from "./services.ts";

export interface ReadOptions {
  /** Reads again after this time; never when not given. */
  readonly everyMs?: number;
  readonly enabled?: boolean;
}

/**
 * What an AWS call answers, kept and shared by its key. The key begins with the service, so that an action can
 * make everything of the service be read again.
 */
export function useAws<K extends ServiceId, T>(
  service: K,
  key: readonly unknown[],
  call: (client: ServiceClients[K]) => Promise<T>,
  options: ReadOptions = {},
): UseQueryResult<T, Error> {
  const { clients, session } = useConsole();
  return useQuery<T, Error>({
    queryKey: [service, ...key, session.account, session.region],
    queryFn: async () => call(await clients.get(service)),
    enabled: options.enabled ?? true,
    refetchInterval: options.everyMs ?? false,
    placeholderData: keepPreviousData,
  });
}

/** What Millrace's own API answers to a GET. */
export function useMillrace<T>(
  path: string,
  query: CallOptions["query"] = {},
  options: ReadOptions = {},
): UseQueryResult<T, Error> {
  const { millrace, session } = useConsole();
  return useQuery<T, Error>({
    queryKey: ["millrace", path, query, session.account, session.region],
    queryFn: ({ signal }) => millrace.get<T>(path, { query, signal }),
    enabled: options.enabled ?? true,
    refetchInterval: options.everyMs ?? false,
    placeholderData: keepPreviousData,
  });
}

export interface ActionOptions<V, T> {
  /** First parts of the keys that are read again afterwards: `[["kinesis"]]`. */
  readonly changes?: readonly (readonly unknown[])[];
  /** What is said when it is done. */
  readonly done?: (output: T, input: V) => string;
}

/** Something that the user does: told when it is done, and told in AWS's words when it fails. */
export function useAction<V, T>(
  run: (input: V, context: ReturnType<typeof useConsole>) => Promise<T>,
  options: ActionOptions<V, T> = {},
): UseMutationResult<T, Error, V> {
  const context = useConsole();
  const queries = useQueryClient();
  return useMutation<T, Error, V>({
    mutationFn: (input) => run(input, context),
    onSuccess: async (output, input) => {
      if (options.done !== undefined)
        notifications.show({ color: "teal", message: options.done(output, input) });
      for (const queryKey of options.changes ?? []) await queries.invalidateQueries({ queryKey });
    },
    onError: (error) =>
      notifications.show({ color: "red", title: error.name, message: error.message, autoClose: 12_000 }),
  });
}

/** An action on one AWS service. */
export function useAwsAction<K extends ServiceId, V, T>(
  service: K,
  run: (client: ServiceClients[K], input: V) => Promise<T>,
  options: ActionOptions<V, T> = {},
): UseMutationResult<T, Error, V> {
  return useAction<V, T>(async (input, { clients }) => run(await clients.get(service), input), {
    changes: [[service]],
    ...options,
  });
}
