package io.embedim.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536})
  void a_clients_frame_is_masked_and_tells_its_length(int length) {
    ByteBuffer frame = ByteBuffer.wrap(Frames.text("x".repeat(length)));

    assertThat(frame.get()).as("final, text").isEqualTo((byte) 0x81);
    int second = frame.get() & 0xFF;
    assertThat(second & 0x80).as("masked").isEqualTo(0x80);
    int told = second & 0x7F;
    if (told == 126) {
      told = frame.getShort() & 0xFFFF;
    } else if (told == 127) {
      told = (int) frame.getLong();
    }
    assertThat(told).isEqualTo(length);
    assertThat(frame.getInt()).as("mask").isZero();
    assertThat(frame.position()).isEqualTo(Frames.headerBytes(length));
    assertThat(frame.remaining()).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536})
  void a_servers_frame_is_found_when_all_of_it_is_there(int length) {
    ByteBuffer bytes = fromServer(0x81, length);

    Frames.Place place = Frames.find(bytes, 0);
    assertThat(place).isNotNull();
    assertThat(place.length()).isEqualTo(length);
    assertThat(place.end()).isEqualTo(bytes.limit());

    for (int cut : new int[] {1, bytes.limit() / 2, bytes.limit() - 1}) {
      ByteBuffer part = bytes.duplicate().limit(bytes.limit() - cut);
      assertThat(Frames.find(part, 0)).as("%d bytes missing", cut).isNull();
    }
  }

  @Test
  void a_part_of_a_message_is_refused() {
    assertThatIllegalStateException().isThrownBy(() -> Frames.find(fromServer(0x01, 10), 0));
  }

  @Test
  void types_are_read_from_the_beginning_of_a_frame_and_counted_in_an_array() {
    ByteBuffer array =
        ByteBuffer.wrap(
            "[{\"type\":1,\"content\":{\"text\":\"a\"}},{\"type\":28},{\"type\":1},{\"type\":10}]"
                .getBytes(StandardCharsets.UTF_8));

    assertThat(ServerFrames.isArray(array, 0)).isTrue();
    assertThat(ServerFrames.typeAt(array, 1, array.limit())).isEqualTo(ServerFrames.CHAT);
    assertThat(ServerFrames.typeAt(array, 2, array.limit())).isEqualTo(-1);
    assertThat(ServerFrames.chatsIn(array, 0, array.limit())).isEqualTo(2);
  }

  private static ByteBuffer fromServer(int first, int length) {
    ByteBuffer frame = ByteBuffer.allocate(length + 10).put((byte) first);
    if (length < 126) {
      frame.put((byte) length);
    } else if (length <= 0xFFFF) {
      frame.put((byte) 126).putShort((short) length);
    } else {
      frame.put((byte) 127).putLong(length);
    }
    return frame.put(new byte[length]).flip();
  }
}
