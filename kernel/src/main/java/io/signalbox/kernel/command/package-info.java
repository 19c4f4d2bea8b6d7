/** What may be asked, as bytes: the codecs are generated from {@code commands.xml}; commands are named in the imperative. */
package io.signalbox.kernel.command;
