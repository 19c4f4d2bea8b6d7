/** The front door of the kernel. */
package io.signalbox.kernel;
