/** Scenarios as text: read, played on a machine, recorded, printed. What they are played on besides is in the tests of the kernel. */
package io.signalbox.kernel.scenario;
