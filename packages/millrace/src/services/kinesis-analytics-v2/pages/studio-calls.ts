import type { HttpResponse } from "../../../gateway/http.ts";
import type { Application } from "../applications/application.ts";
import { type Studio, StudioError } from "../studio/studio.ts";
import { jsonAnswer } from "./page-document.ts";
import type { PageRequest } from "./page-request.ts";

/**
 * What Studio's page, or a program with its session, may ask for:
 *
 *   GET    notes                              POST   notes {name}
 *   GET    notes/<id>                         PUT    notes/<id> {name, paragraphs: [{id, text}]}
 *   DELETE notes/<id>                         POST   session/reset
 *   POST   notes/<id>/paragraphs/<id>/run {text}
 *   POST   notes/<id>/paragraphs/<id>/stop
 *
 * @throws StudioError
 */
export async function studioCall(
  studio: Studio,
  application: Application,
  request: PageRequest,
  path: readonly string[],
): Promise<HttpResponse> {
  const [collection, note = "", part, paragraph = "", verb] = path;
  const { method } = request;
  if (collection === "session" && note === "reset" && path.length === 2 && method === "POST") {
    await studio.resetSession(application);
    return jsonAnswer(200, {});
  }
  if (collection !== "notes") throw unknown();
  if (path.length === 1) {
    if (method === "GET")
      return jsonAnswer(200, {
        application: { status: application.status },
        notes: studio.list(application),
      });
    if (method === "POST")
      return jsonAnswer(201, await studio.create(application, textOf(bodyOf(request), "name")));
  }
  if (path.length === 2) {
    if (method === "GET") return jsonAnswer(200, studio.get(application, note));
    if (method === "PUT") return jsonAnswer(200, await save(studio, application, request, note));
    if (method === "DELETE") {
      await studio.remove(application, note);
      return jsonAnswer(200, {});
    }
  }
  if (path.length !== 5 || part !== "paragraphs" || method !== "POST") throw unknown();
  if (verb === "run") await studio.run(application, note, paragraph, textOf(bodyOf(request), "text"));
  else if (verb === "stop") await studio.stop(application, paragraph);
  else throw unknown();
  return jsonAnswer(200, {});
}

const unknown = (): StudioError => new StudioError(404, "There is no such call.");

function save(
  studio: Studio,
  application: Application,
  request: PageRequest,
  note: string,
): ReturnType<Studio["save"]> {
  const body = bodyOf(request);
  const paragraphs = body["paragraphs"];
  if (!Array.isArray(paragraphs)) throw new StudioError(400, "paragraphs must be a list.");
  const seen = new Set<string>();
  const given = (paragraphs as readonly unknown[]).map((item) => {
    const paragraph = objectOf(item);
    const id = textOf(paragraph, "id");
    if (!/^[A-Za-z0-9-]{1,64}$/.test(id) || seen.has(id))
      throw new StudioError(400, "Each paragraph needs an id of its own: letters, digits and hyphens.");
    seen.add(id);
    return { id, text: textOf(paragraph, "text") };
  });
  return studio.save(application, note, textOf(body, "name"), given);
}

function bodyOf({ body }: PageRequest): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(body.toString("utf8")));
  } catch (error) {
    if (error instanceof SyntaxError) throw new StudioError(400, "The body is not JSON.");
    throw error;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new StudioError(400, "An object of JSON is expected.");
  return value as Readonly<Record<string, unknown>>;
}

function textOf(object: Readonly<Record<string, unknown>>, name: string): string {
  const value = object[name];
  if (typeof value !== "string") throw new StudioError(400, `${name} must be a text.`);
  return value;
}
