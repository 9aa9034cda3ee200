package planted.shownjson.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

public class Shows {
  public JsonNode field;

  protected JsonNode node() {
    return hidden(field);
  }

  public void write(JsonNode json) {
    field = json;
  }

  JsonNode hidden(JsonNode json) {
    return json;
  }

  public interface Inner {
    List<JsonNode> nodes();
  }

  interface Hidden {
    JsonNode node();
  }
}
