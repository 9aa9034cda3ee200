package io.embedim.spi.store;

import io.embedim.spi.model.Device;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The devices that can be reached by push. Calls overlap, also from several processes on one
 * backend. Threads, nulls and errors are those of {@link ImStores}.
 */
public interface DeviceStore {

  /**
   * Keeps a device, in the place of the one with the same token. A token that was another user's
   * moves to this one: at no time do two users have it.
   */
  void register(Device device);

  /** Forgets a user's device; false when the user has no such token. */
  boolean unregister(String userId, String token);

  /**
   * Forgets a token that the push service reported invalid, whoever has it; unless it was
   * registered anew meanwhile.
   *
   * @param token what the push service knows the device by
   * @param since a token that was registered after this time stays, in ms since the epoch
   */
  void invalidate(String token, long since);

  /** The devices of these users, in the order of their registration; users without any are out. */
  Map<String, List<Device>> devicesOf(Collection<String> userIds);
}
