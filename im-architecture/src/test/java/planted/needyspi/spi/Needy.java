package planted.needyspi.spi;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;

record Needy(List<String> fine, JavaClass foreign) {}
