/**
 * Push notifications to devices without a live session, through APNs and FCM.
 *
 * <p>Nothing is here yet: the module exists so that its name and place are settled, and a later
 * release fills it.
 */
@NullMarked
package io.embedim.push;

import org.jspecify.annotations.NullMarked;
