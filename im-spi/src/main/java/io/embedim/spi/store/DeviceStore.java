package io.embedim.spi.store;

import io.embedim.spi.model.Device;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The devices that can be reached by push. */
public interface DeviceStore {

  /** Keeps a device. A token that was another user's moves to this one. */
  void register(Device device);

  /** Forgets a user's device; false when the user has no such token. */
  boolean unregister(String userId, String token);

  /** Forgets a token that the push service reported invalid, whoever has it. */
  void invalidate(String token);

  /** The devices of these users; users without any are left out. */
  Map<String, List<Device>> devicesOf(Collection<String> userIds);
}
