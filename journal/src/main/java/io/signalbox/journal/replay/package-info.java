/** Reading a journal back through a fresh machine. */
package io.signalbox.journal.replay;
