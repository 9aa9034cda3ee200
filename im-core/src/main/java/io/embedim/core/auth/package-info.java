/** Who holds a token: JSON Web Tokens of the host, checked strictly, and a small issuer of them. */
@NullMarked
package io.embedim.core.auth;

import org.jspecify.annotations.NullMarked;
