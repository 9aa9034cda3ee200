package planted.ownlogging.core;

import java.util.logging.Logger;

final class Talkative {
  private final Logger logger = Logger.getLogger("talkative");

  void talk() {
    System.out.println("words");
    logger.info("words");
  }
}
