package planted.unmarked.marked;

final class Something {}
