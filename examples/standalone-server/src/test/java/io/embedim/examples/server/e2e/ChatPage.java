package io.embedim.examples.server.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The page as one person has it before her, in a browser of her own. */
final class ChatPage implements AutoCloseable {

  private final BrowserContext context;
  private final Page page;
  private final List<String> faults = new ArrayList<>();

  private ChatPage(BrowserContext context, URI address) {
    this.context = context;
    context.setDefaultTimeout((double) Eventually.LIMIT.toMillis());
    page = context.newPage();
    page.onPageError(error -> faults.add("a script failed: " + error));
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            faults.add(message.text());
          }
        });
    page.navigate(address.toString());
  }

  /** Opens the page in English on a screen of a common size. */
  static ChatPage open(Browser browser, URI address) {
    return open(browser, address, new NewContextOptions().setLocale("en-US"));
  }

  static ChatPage open(Browser browser, URI address, NewContextOptions options) {
    return new ChatPage(browser.newContext(options), address);
  }

  // What the person does.

  ChatPage logIn(String user) {
    part("login-user").fill(user);
    part("login-submit").click();
    assertThat(part("me")).hasText(user);
    return this;
  }

  /** Begins a conversation, or opens the one that there is. */
  ChatPage chatWith(String user) {
    part("new-chat").click();
    part("new-chat-user").fill(user);
    part("new-chat-submit").click();
    assertThat(part("chat-title")).hasText(user);
    return this;
  }

  /** Makes a group, which is open then, and gives its id. */
  String createGroup(String name, String members) {
    part("new-chat").click();
    part("new-group").click();
    part("group-name").fill(name);
    part("group-users").fill(members);
    submitForm();
    assertThat(part("chat-title")).hasText(name);
    return part("chat").getAttribute("data-conversation-id").replaceFirst("^group:", "");
  }

  /** Sends what she filled in, and waits until it is taken. */
  void submitForm() {
    part("form-submit").click();
    assertThat(part("form-dialog")).isHidden();
  }

  /** Chooses from the menu of the message with this text. */
  void choose(String text, String item) {
    row(text).hover();
    row(text).getByTestId("message-menu").click();
    part(item).click();
  }

  /** Reacts to the message with this text. */
  void react(String text, String emoji) {
    row(text).hover();
    row(text).getByTestId("message-menu").click();
    page.locator("[data-testid=react][data-emoji='" + emoji + "']").click();
  }

  /** Chooses from the menu of a member of the group whose details are open. */
  void chooseForMember(String user, String item) {
    member(user).getByTestId("member-menu").click();
    part(item).click();
  }

  /** Says yes to the question whether she is sure. */
  void confirm() {
    part("confirm").click();
  }

  /** Sends a message and gives its id. */
  String send(String text) {
    part("message-input").fill(text);
    part("message-input").press("Enter");
    return row(text).getAttribute("data-message-id");
  }

  /** Presses the keys one after the other, and does not send. */
  void type(String text) {
    part("message-input").pressSequentially(text);
  }

  void reload() {
    page.reload();
  }

  /** Takes the network away as far as the browser knows, or gives it back. */
  void network(Network network) {
    context.setOffline(network == Network.OFF);
  }

  enum Network {
    ON,
    OFF
  }

  // What the person sees.

  Page page() {
    return page;
  }

  Locator part(String name) {
    return page.getByTestId(name);
  }

  /** The message with this text. */
  Locator row(String text) {
    Locator exact = page.getByTestId("message-text").and(page.getByText(text, exact()));
    return page.getByTestId("message").filter(new Locator.FilterOptions().setHas(exact));
  }

  /** The member in the group whose details are open. */
  Locator member(String user) {
    return page.locator("[data-testid=member][data-user-id='" + user + "']");
  }

  /** The line in the chat that says this. */
  Locator event(String text) {
    return page.getByTestId("event").getByText(text, new Locator.GetByTextOptions().setExact(true));
  }

  /** The line of this conversation in the list. */
  Locator conversation(String id) {
    return page.locator("[data-testid=conversation-item][data-conversation-id='" + id + "']");
  }

  /** Waits until the message is in this state. */
  void awaitState(String text, String state) {
    assertThat(row(text)).hasAttribute("data-state", state);
  }

  /** Waits until there is a connection. */
  void awaitConnection() {
    assertThat(part("connection-banner")).isHidden();
  }

  /** Waits until exactly these messages are there, in this order. */
  void awaitTexts(List<String> texts) {
    assertThat(page.getByTestId("message-text")).hasText(texts.toArray(new String[0]));
  }

  List<String> messageIds() {
    return attributes("data-message-id");
  }

  /** The places in the log of the messages that are on the page, in the page's order. */
  LongStream seqs() {
    return attributes("data-seq").stream().mapToLong(Long::parseLong);
  }

  private List<String> attributes(String name) {
    Object values =
        page.getByTestId("message")
            .evaluateAll("(rows, name) => rows.map((row) => row.getAttribute(name))", name);
    return ((List<?>) values).stream().map(String.class::cast).toList();
  }

  private static Page.GetByTextOptions exact() {
    return new Page.GetByTextOptions().setExact(true);
  }

  /** Ends the visit. A script that failed on the way, or was not allowed, fails the test. */
  @Override
  public void close() {
    context.close();
    if (!faults.isEmpty()) {
      throw new AssertionError(faults.toString());
    }
  }
}
