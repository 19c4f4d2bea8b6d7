/** The drivers' side of the machine: slots, stages, the baton, the helper. The only place that imports the Disruptor. */
package io.signalbox.kernel.ring;
