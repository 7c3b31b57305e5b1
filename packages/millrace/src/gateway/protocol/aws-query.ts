import { ServiceError } from "../../core/errors.ts";
import type { HttpRequest, HttpResponse } from "../http.ts";
import type { OperationModel, ServiceModel } from "../model/service-model.ts";
import { parseForm } from "../shape/form.ts";
import { queryTree, readQueryStructure } from "../shape/query-reader.ts";
import { Validators } from "../shape/validator.ts";
import { escapeXml, writeXmlMembers, XmlSink } from "../shape/xml-writer.ts";
import type { Protocol } from "./protocol.ts";
import { checkInput } from "./violation.ts";
import { isMessage, wireError } from "./wire-error.ts";

/** The parameters of a request in the query protocol, wherever the client put them. */
export function queryParameters(request: HttpRequest): readonly (readonly [string, string])[] {
  return [...parseForm(request.query), ...parseForm(request.body.toString("utf8"))];
}

/** AWS Query: `Action=...&Version=...&Member.1=...` in a form, answered in XML. */
export class AwsQueryProtocol implements Protocol {
  readonly name = "awsQuery";
  readonly #validators = new Validators();

  readInput(model: ServiceModel, operation: OperationModel, request: HttpRequest): unknown {
    if (operation.input === undefined) return {};
    const input = this.#read(operation.input, request);
    checkInput(this.#validators, model, operation, input);
    return input;
  }

  #read(shape: NonNullable<OperationModel["input"]>, request: HttpRequest): unknown {
    try {
      return readQueryStructure(shape, queryTree(queryParameters(request)));
    } catch (thrown) {
      if (!(thrown instanceof ServiceError) || thrown.code !== "SerializationException") throw thrown;
      // The query protocol has its own name for a value of the wrong type.
      throw new ServiceError("MalformedInput", thrown.message, { cause: thrown });
    }
  }

  writeOutput(
    model: ServiceModel,
    operation: OperationModel,
    output: unknown,
    requestId: string,
  ): HttpResponse {
    const sink = new XmlSink();
    sink.element(`${operation.name}Response`, namespace(model), () => {
      const shape = operation.output;
      if (shape !== undefined) {
        sink.element(`${operation.name}Result`, "", () => writeXmlMembers(sink, shape.members, output ?? {}));
      }
      sink.element("ResponseMetadata", "", () => sink.leaf("RequestId", requestId));
    });
    return xmlResponse(200, sink, requestId);
  }

  writeError(
    model: ServiceModel | undefined,
    _operation: OperationModel | undefined,
    error: ServiceError,
    requestId: string,
  ): HttpResponse {
    const wire = wireError(model, error);
    const sink = new XmlSink();
    sink.element("ErrorResponse", namespace(model), () => {
      sink.element("Error", "", () => {
        sink.leaf("Type", wire.fault);
        sink.leaf("Code", wire.queryCode);
        // Whatever the shape calls it: clients of this protocol look for `Message`.
        sink.leaf("Message", wire.message);
        const details = wire.shape?.members.filter((member) => !isMessage(member.name)) ?? [];
        writeXmlMembers(sink, details, wire.members);
      });
      sink.leaf("RequestId", requestId);
    });
    return xmlResponse(wire.queryStatus, sink, requestId);
  }
}

function namespace(model: ServiceModel | undefined): string {
  const uri = model?.facts.xmlNamespace;
  return uri === undefined ? "" : ` xmlns="${escapeXml(uri)}"`;
}

function xmlResponse(status: number, sink: XmlSink, requestId: string): HttpResponse {
  return {
    status,
    headers: { "x-amzn-requestid": requestId, "content-type": "text/xml" },
    body: sink.finish(),
  };
}
