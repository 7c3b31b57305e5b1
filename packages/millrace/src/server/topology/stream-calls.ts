import { ServiceError } from "../../core/errors.ts";
import type { HttpResponse } from "../../gateway/http.ts";
import type { KinesisState, Stream } from "../../services/kinesis/index.ts";
import type { AdminContext } from "../admin/context.ts";
import { type AdminRequest, answer, badRequest, jsonBody, notFound } from "../admin/route.ts";
import { nameOrArn, ownAccount } from "./named-resource.ts";
import { openTopology } from "./open-topology.ts";
import { replayBody } from "./replay-request.ts";

/** `GET streams/:name/use` */
export async function streamUse(context: AdminContext, request: AdminRequest): Promise<HttpResponse> {
  const { uses, stream } = await findStream(context, request);
  return answer(await uses.use(stream));
}

/** `GET replays` */
export async function listReplays(context: AdminContext, { caller }: AdminRequest): Promise<HttpResponse> {
  const { replays } = await openTopology(context);
  return answer({ replays: replays.list(ownAccount(caller)) });
}

/** `GET replays/:id` */
export async function getReplay(context: AdminContext, request: AdminRequest): Promise<HttpResponse> {
  const { replays } = await openTopology(context);
  const id = request.parameters["id"] ?? "";
  return answer(replays.get(id, ownAccount(request.caller)) ?? missing(id));
}

/** `DELETE replays/:id` */
export async function deleteReplay(context: AdminContext, request: AdminRequest): Promise<HttpResponse> {
  const { replays } = await openTopology(context);
  const id = request.parameters["id"] ?? "";
  return answer((await replays.remove(id, ownAccount(request.caller))) ?? missing(id));
}

/** `POST streams/:name/replay` */
export async function startReplay(context: AdminContext, request: AdminRequest): Promise<HttpResponse> {
  const { caller } = request;
  const body = jsonBody(request);
  const { from, to, into, ratePerSecond } = replayBody(body);
  const { stream: source, state } = await findStream(context, request);
  const target = namedStream(state, into, caller);
  if (target === source) throw badRequest("A stream cannot be copied into itself.");
  for (const { document } of [source, target])
    if (document.status !== "ACTIVE" && document.status !== "UPDATING")
      throw new ServiceError(
        "Conflict",
        `The stream ${document.name} is ${document.status}, and not ACTIVE.`,
        { status: 409 },
      );
  const { replays } = await openTopology(context);
  const order = {
    ...{ account: source.document.account, principal: caller.principal.arn, source, target },
    ...{
      range: { from, to },
      ratePerSecond,
      asked: { from: body["from"] ?? "TRIM_HORIZON", to: body["to"] },
    },
  };
  return answer(replays.start(state, order), 202);
}

async function findStream(context: AdminContext, { parameters, caller }: AdminRequest) {
  const topology = await openTopology(context);
  const state = topology.streams();
  const name = parameters["name"] ?? "";
  if (state === undefined) throw noStream(name, caller.account);
  return { uses: topology.uses(state), state, stream: namedStream(state, name, caller) };
}

/** @throws ServiceError 404 also when it belongs to somebody else */
function namedStream(state: KinesisState, name: string, caller: AdminRequest["caller"]): Stream {
  const place = nameOrArn(name, caller, { service: "kinesis", type: "stream" });
  const stream = place && state.streams.get(place.account, place.region, place.name);
  if (stream === undefined) throw noStream(name, caller.account);
  return stream;
}

function noStream(name: string, account: string): ServiceError {
  return notFound(`Stream ${name.slice(0, 200)} under account ${account} not found.`);
}

function missing(id: string): never {
  throw notFound(`There is no replay ${id.slice(0, 100)}.`);
}
