/** Versioned key/values, kernel-wide and per coordination. Versions are dense per scope; snapshots are references. */
package io.signalbox.kernel.state;
