/** The reader's side of the order of signals: a place in it, what reads behind the tail, and patterns. No turn comes here. */
package io.signalbox.kernel.reader;
