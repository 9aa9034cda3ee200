/** Database servers for measurements. */
@NullMarked
package io.embedim.bench.database;

import org.jspecify.annotations.NullMarked;
