/** The log of signals: who raised what about whom, and which agents have completed. */
package io.signalbox.kernel.signal;
