/** The contracts, run on the model that they compare with. */
@NullMarked
package io.embedim.testkit.contract;

import org.jspecify.annotations.NullMarked;
