package planted.emptyname;

final class SessionManager {}
