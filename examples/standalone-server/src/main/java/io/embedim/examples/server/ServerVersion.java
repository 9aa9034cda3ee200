package io.embedim.examples.server;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class ServerVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = ServerVersion.class.getPackage().getImplementationVersion();
    return new String[] {"EmbedIM " + (version == null ? "(not packaged)" : version)};
  }
}
