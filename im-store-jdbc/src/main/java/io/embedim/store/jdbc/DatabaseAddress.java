package io.embedim.store.jdbc;

/** JDBC URLs as they may be shown. */
final class DatabaseAddress {

  private DatabaseAddress() {}

  /** The URL without its parameters and its user, either of which may contain a password. */
  static String withoutSecrets(String url) {
    String address = url;
    for (String separator : new String[] {";", "?"}) {
      int end = address.indexOf(separator);
      if (end >= 0) {
        address = address.substring(0, end);
      }
    }
    int host = address.indexOf("//");
    int user = address.lastIndexOf('@');
    return host >= 0 && user > host
        ? address.substring(0, host + 2) + address.substring(user + 1)
        : address;
  }
}
