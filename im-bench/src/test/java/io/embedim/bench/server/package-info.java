@NullMarked
package io.embedim.bench.server;

import org.jspecify.annotations.NullMarked;
