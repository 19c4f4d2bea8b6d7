/** What is measured: the two-thread hand-offs and the token rings, each behind one of two interfaces. */
package io.signalbox.bench.subject;
