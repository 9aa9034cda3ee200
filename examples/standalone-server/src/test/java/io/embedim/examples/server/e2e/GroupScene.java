package io.embedim.examples.server.e2e;

import java.util.List;

/**
 * What is said in a group on the pictures.
 *
 * @param locale the language of the page
 * @param people the owner, an admin, and two members, of whom the last one is muted
 * @param name of the group
 * @param announcement of the group
 * @param question of the owner; it is pinned
 * @param answer of the admin, to the question
 * @param offer of the owner
 * @param mention of the member, which begins by calling the owner
 */
record GroupScene(
    String locale,
    List<String> people,
    String name,
    String announcement,
    String question,
    String answer,
    String offer,
    String mention) {

  static GroupScene english() {
    return new GroupScene(
        "en-US",
        List.of("alice", "bob", "carol", "dave"),
        "Weekend hike",
        "Saturday, 7:00, in front of the station. Bring water.",
        "Shall we take the early train on Saturday? It leaves at 7:12.",
        "Early is good, then we have the summit to ourselves.",
        "I’ll bring the map and the compass.",
        "@alice I have a car, in case somebody misses the train 🚗");
  }

  static GroupScene chinese() {
    return new GroupScene(
        "zh-CN",
        List.of("xiaolin", "xiaomei", "wangfang", "liqiang"),
        "周末爬山",
        "周六早上七点，车站门口集合，记得带水。",
        "周六坐早班车怎么样？七点十二分发车。",
        "早一点好，山顶上人少。",
        "地图和指南针我来带。",
        "@xiaolin 我有车，谁没赶上车可以找我 🚗");
  }

  String owner() {
    return people.get(0);
  }

  String admin() {
    return people.get(1);
  }

  String member() {
    return people.get(2);
  }

  String muted() {
    return people.get(3);
  }

  String others() {
    return String.join(" ", people.subList(1, people.size()));
  }
}
