package io.embedim.core.internal;

import io.embedim.core.ImError;
import io.embedim.core.ImException;

/** Checks how much a caller asks for at once. */
public final class LimitCheck {

  private LimitCheck() {}

  /**
   * @throws ImException {@code invalid_argument} unless it is 1 to {@code most}
   */
  public static void atMost(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw new ImException(
          ImError.INVALID_ARGUMENT, "limit is " + limit + ", expected 1 to " + most);
    }
  }
}
