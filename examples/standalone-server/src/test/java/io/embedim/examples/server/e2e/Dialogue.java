package io.embedim.examples.server.e2e;

import java.util.List;

/** What two people say to each other, and others to the first of them, on the pictures. */
record Dialogue(String me, String peer, List<Line> lines, List<Aside> asides) {

  /** One of the two says something. */
  record Line(String from, String text) {}

  /** Somebody else has written to the first of them, who has not looked yet. */
  record Aside(String from, List<String> texts) {}

  static Dialogue english() {
    return new Dialogue(
        "alice",
        "bob",
        List.of(
            new Line("bob", "Morning! Is the new build on the test server?"),
            new Line("alice", "For ten minutes now. What piled up overnight is there, in order."),
            new Line("bob", "And what you typed in the tunnel?"),
            new Line("alice", "Left by itself once the train was out of it."),
            new Line("bob", "Then I have nothing left to complain about."),
            new Line("bob", "Lunch at twelve?"),
            new Line("alice", "Twelve is fine. The same place?"),
            new Line("bob", "The same. I’ll ask for the table by the window."),
            new Line("alice", "See you there!")),
        List.of(
            new Aside("erin", List.of("Here are the slides: https://example.com/slides")),
            new Aside("dave", List.of("The tests are green again!")),
            new Aside(
                "carol",
                List.of(
                    "Could you read my draft before noon?", "It is only two pages, promised"))));
  }

  static Dialogue chinese() {
    return new Dialogue(
        "xiaolin",
        "xiaomei",
        List.of(
            new Line("xiaomei", "早！新版本部署到测试服务器了吗？"),
            new Line("xiaolin", "十分钟前刚部署好。昨晚没收到的消息全都补上了，顺序也没乱。"),
            new Line("xiaomei", "你在隧道里写的那几条呢？"),
            new Line("xiaolin", "列车一出隧道就自动发出去了。"),
            new Line("xiaomei", "那我没什么可挑剔的了。"),
            new Line("xiaomei", "十二点一起吃午饭？"),
            new Line("xiaolin", "十二点可以。还是老地方？"),
            new Line("xiaomei", "老地方，我来订靠窗的位子。"),
            new Line("xiaolin", "到时候见！")),
        List.of(
            new Aside("zhangwei", List.of("幻灯片在这里：https://example.com/slides")),
            new Aside("liqiang", List.of("测试又全部通过了！")),
            new Aside("wangfang", List.of("中午之前能帮我看一下草稿吗？", "只有两页，真的"))));
  }
}
