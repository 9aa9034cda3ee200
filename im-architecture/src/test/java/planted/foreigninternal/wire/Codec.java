package planted.foreigninternal.wire;

import planted.foreigninternal.core.internal.Lane;

abstract class Codec implements Lane {}
