package io.embedim.architecture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A pom.xml as it is written, without what it inherits. */
final class Pom {
  private final Document document;

  private Pom(Document document) {
    this.document = document;
  }

  static Pom of(Path directory) {
    Path file = directory.resolve("pom.xml");
    try {
      return new Pom(
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  String artifactId() {
    return text("/project/artifactId").orElseThrow();
  }

  /** The own version, or else the parent's. */
  String version() {
    return text("/project/version").or(() -> text("/project/parent/version")).orElseThrow();
  }

  List<String> modules() {
    return texts("/project/modules/module");
  }

  Optional<String> property(String name) {
    return text("/project/properties/" + name);
  }

  boolean hasProperty(String name, String value) {
    return property(name).filter(value::equals).isPresent();
  }

  List<String> dependencies() {
    return texts("/project/dependencies/dependency/artifactId");
  }

  List<String> managedDependencies() {
    return texts("/project/dependencyManagement/dependencies/dependency/artifactId");
  }

  List<Element> managedPlugins() {
    return elements("/project/build/pluginManagement/plugins/plugin");
  }

  private Optional<String> text(String path) {
    return texts(path).stream().findFirst();
  }

  private List<String> texts(String path) {
    return elements(path).stream().map(Element::getTextContent).map(String::strip).toList();
  }

  private List<Element> elements(String path) {
    try {
      NodeList nodes =
          (NodeList)
              XPathFactory.newInstance()
                  .newXPath()
                  .evaluate(path, document, XPathConstants.NODESET);
      List<Element> elements = new ArrayList<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        elements.add((Element) nodes.item(i));
      }
      return elements;
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(path, e);
    }
  }
}
