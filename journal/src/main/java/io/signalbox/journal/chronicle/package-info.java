/**
 * The journal engine that writes through Chronicle Queue. This is the only package that imports {@code net.openhft}.
 * Chronicle Queue writes; reading is plain file reading of our own, so that a damaged, truncated or foreign file ends
 * in a message and not in a fault of a mapped page, and so that a reader needs no JVM flag.
 */
package io.signalbox.journal.chronicle;
