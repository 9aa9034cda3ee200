package planted.enginefrombelow.store.redis;

import planted.enginefrombelow.core.Engine;

abstract class RedisType implements Engine {}
