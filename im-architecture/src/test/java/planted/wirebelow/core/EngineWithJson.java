package planted.wirebelow.core;

import com.fasterxml.jackson.databind.JsonSerializable;

abstract class EngineWithJson implements JsonSerializable {}
