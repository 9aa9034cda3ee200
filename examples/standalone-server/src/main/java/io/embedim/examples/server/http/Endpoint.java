package io.embedim.examples.server.http;

import java.sql.SQLException;

/** One thing that the API does. May block; called by many threads at once. */
@FunctionalInterface
interface Endpoint {

  /** Does it, and answers what becomes {@code data}. */
  Record handle(ApiRequest request) throws ApiException, SQLException;
}
