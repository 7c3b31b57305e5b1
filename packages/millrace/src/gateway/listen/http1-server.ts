import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { systemCode } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { Exchange } from "./exchange.ts";
import type { ExchangeHost } from "./exchange-host.ts";
import { Http1Exchange } from "./http1-exchange.ts";
import { http1Head } from "./request-head.ts";

// An import would read every export of the module, one of which loads node's WebSocket client: some
// megabytes that a server has no use for.
const { createServer } = process.getBuiltinModule("node:http");

/** How often node looks for connections whose headers are late. */
const connectionsCheckingIntervalMs = 1_000;

/** An HTTP/1.1 server that never listens: the listener hands it connections. */
export function serveHttp1(host: ExchangeHost, log: Logger, onRequest: (exchange: Exchange) => void): Server {
  const { limits } = host;
  const server = createServer({
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeoutMs,
    // The body has its own limits, which let a long upload go on for as long as it moves.
    requestTimeout: 0,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.min(connectionsCheckingIntervalMs, limits.headersTimeoutMs),
    joinDuplicateHeaders: true,
    insecureHTTPParser: false,
  });
  const serve = (request: IncomingMessage, response: ServerResponse, continueDue: boolean): void => {
    const head = http1Head(request, (request.socket as TLSSocket).encrypted === true);
    if (head === undefined) refuse(response, 400);
    else onRequest(new Http1Exchange(head, request, response, host, continueDue));
  };
  server.on("request", (request, response) => serve(request, response, false));
  server.on("checkContinue", (request, response) => serve(request, response, true));
  server.on("checkExpectation", (_request, response) => refuse(response, 417));
  server.on("connect", (_request, socket) => endWith(socket as Socket, "405 Method Not Allowed"));
  server.on("clientError", (error, socket) => {
    log.debug({ error: error.message }, "request could not be read");
    answerUnreadable(error, socket as Socket);
  });
  // node starts its watch over late headers and idle connections when a server begins to listen.
  server.emit("listening");
  return server;
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: "close", "content-length": 0 });
  response.end();
}

/** Answers what the parser could not read, unless an answer is already on its way there. */
function answerUnreadable(error: Error, socket: Socket): void {
  const code = systemCode(error);
  const answering = (socket as { _httpMessage?: ServerResponse })._httpMessage?.headersSent === true;
  if (code === "ECONNRESET" || !socket.writable || answering) socket.destroy();
  else if (code === "HPE_HEADER_OVERFLOW") endWith(socket, "431 Request Header Fields Too Large");
  else if (code === "ERR_HTTP_REQUEST_TIMEOUT") endWith(socket, "408 Request Timeout");
  else endWith(socket, "400 Bad Request");
}

function endWith(socket: Socket, status: string): void {
  socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  socket.destroySoon();
}
