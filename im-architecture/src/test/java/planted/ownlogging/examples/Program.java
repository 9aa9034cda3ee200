package planted.ownlogging.examples;

final class Program {
  void talk() {
    System.out.println("words");
  }
}
