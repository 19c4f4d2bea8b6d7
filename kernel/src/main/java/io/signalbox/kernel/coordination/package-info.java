/** Sessions: a name, a handle with a generation, open or closed. Every other room keys what it holds by their slots. */
package io.signalbox.kernel.coordination;
