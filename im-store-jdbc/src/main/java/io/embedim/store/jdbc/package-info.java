/** Every store on a SQL database through JDBC. */
@NullMarked
package io.embedim.store.jdbc;

import org.jspecify.annotations.NullMarked;
