package planted.unmarked;

final class Anything {}
