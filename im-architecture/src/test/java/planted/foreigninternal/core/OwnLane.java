package planted.foreigninternal.core;

import planted.foreigninternal.core.internal.Lane;

abstract class OwnLane implements Lane {}
