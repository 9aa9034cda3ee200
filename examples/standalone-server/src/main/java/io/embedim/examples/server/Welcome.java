package io.embedim.examples.server;

/** What is printed when the server is up. */
final class Welcome {

  private Welcome() {}

  static String text(StandaloneServer server) {
    StringBuilder text = new StringBuilder();
    text.append("\nEmbedIM is running at ").append(server.address()).append("\n\n");
    if (server.isDemo()) {
      text.append(
          """
          Log in: open the address in two browsers, or in a normal and a private window, and choose
          any user id in each. The demo login asks for no password.

          """);
      text.append(
          server.isOpenToOthers()
              ? """
              WARNING: the demo login is on and other machines can reach this server: everybody who
              can open the address can read and write as any user. Turn it off with
              --set demo_login=false before anybody but you uses it.
              """
              : """
              WARNING: the demo login is for trying out only. It is reached from this machine alone;
              --host 0.0.0.0 opens it to others, --set demo_login=false asks for passwords.
              """);
    } else {
      text.append("Log in: open the address and register with a username and a password.\n");
    }
    return text.append("\nCtrl+C stops the server.\n").toString();
  }
}
