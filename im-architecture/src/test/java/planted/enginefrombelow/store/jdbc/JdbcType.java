package planted.enginefrombelow.store.jdbc;

import planted.enginefrombelow.core.Engine;

abstract class JdbcType implements Engine {}
