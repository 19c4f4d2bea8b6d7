/** The baton: one thread at a time turns the machine, and no published item is left undone. */
package io.signalbox.stress.baton;
