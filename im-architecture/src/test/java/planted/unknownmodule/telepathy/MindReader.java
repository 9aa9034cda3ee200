package planted.unknownmodule.telepathy;

final class MindReader {}
