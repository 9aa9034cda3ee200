@NullMarked
package io.embedim.bench.report;

import org.jspecify.annotations.NullMarked;
