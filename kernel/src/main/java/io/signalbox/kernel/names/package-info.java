/** Text to dense id and back: inside the machine a name is an int. */
package io.signalbox.kernel.names;
