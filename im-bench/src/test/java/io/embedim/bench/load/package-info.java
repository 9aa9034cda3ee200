@NullMarked
package io.embedim.bench.load;

import org.jspecify.annotations.NullMarked;
