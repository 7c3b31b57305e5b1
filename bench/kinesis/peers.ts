import { peerProgram, type ServerKind } from "../server.ts";

export const peers: readonly ServerKind[] = [
  {
    name: "kinesalite (memory)",
    command: (port) => [...peerProgram("kinesalite/cli.js"), "--port", `${port}`, "--shardLimit", "100"],
  },
  {
    name: "kinesis-local (memory)",
    command: () => peerProgram("kinesis-local/main.js"),
    environment: (port) => ({
      KINESIS_MOCK_PLAIN_PORT: `${port}`,
      KINESIS_MOCK_TLS_PORT: `${port + 1}`,
      SHARD_LIMIT: "100",
      LOG_LEVEL: "ERROR",
    }),
  },
];
