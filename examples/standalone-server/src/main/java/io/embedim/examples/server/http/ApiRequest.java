package io.embedim.examples.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embedim.core.ImError;

/**
 * What an endpoint is told.
 *
 * @param body empty for GET
 * @param host where the client thinks it is, as {@code host} or {@code host:port}
 * @param clientAddress the other end of the connection
 */
record ApiRequest(ObjectNode body, String host, String clientAddress) {

  /** A field of the body that must be there and be text. */
  String text(String field) throws ApiException {
    JsonNode value = body.get(field);
    if (value == null || !value.isTextual()) {
      throw new ApiException(
          ImError.INVALID_ARGUMENT,
          field + " is " + (value == null ? "missing" : "not text") + ", expected text");
    }
    return value.textValue();
  }
}
