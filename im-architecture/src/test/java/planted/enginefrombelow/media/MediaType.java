package planted.enginefrombelow.media;

import planted.enginefrombelow.core.Engine;

abstract class MediaType implements Engine {}
