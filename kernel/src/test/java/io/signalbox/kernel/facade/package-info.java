/** The façade, through its public API. */
package io.signalbox.kernel.facade;
